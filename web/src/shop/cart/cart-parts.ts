import type { Cart, CartEvent } from '@pix/contracts/cart.ts'
import type { EventLink } from '@pix/contracts/common.ts'
import type { Offer } from '@pix/contracts/pricing.ts'
import { type Alternative, alternatives, nextCheapest } from './alternatives.ts'

/** A cart event by event, as its page shows it. */
export interface ShownCart extends Cart {
  parts: CartPart[]
}

/** A cart's photos of one event, and how they may be bought. */
export interface CartPart extends CartEvent {
  ways: Alternative[]
  /** The cheapest way that is not the chosen one. */
  next: Offer | null
  /** Photos that cannot be bought: withdrawn, of an event that is closed, or bought meanwhile. */
  unavailable: string[]
  /** Its photos are sold, but no package of the event pays for them: they are in no price. */
  isUnpriced: boolean
}

/** What is bought of a cart's event. */
export interface PricedPart {
  event: EventLink
  offer: Offer
  /** The cheapest way that is not the chosen one. */
  next: Offer | null
  /** The price says of which event it is: the cart has photos of others too. */
  isNamed: boolean
}

/** What is bought of a cart, event by event. */
export const pricedParts = (parts: readonly CartPart[]): PricedPart[] =>
  parts.flatMap(({ event, quote, next }) =>
    quote ? [{ event, offer: quote.chosen, next, isNamed: parts.length > 1 }] : [],
  )

/** A cart event by event, with every way to buy. */
export const cartParts = (cart: Pick<Cart, 'events'>): CartPart[] =>
  cart.events.map(part => {
    const ways = alternatives(part)
    const next = part.quote ? nextCheapest(ways, part.quote.chosen) : null
    const unavailable = part.items.filter(item => !item.available).map(item => item.photo.id)
    const isUnpriced = part.quote === null && unavailable.length < part.items.length
    return { ...part, ways, next, unavailable, isUnpriced }
  })
