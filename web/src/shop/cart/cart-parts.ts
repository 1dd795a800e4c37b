import type { Cart, CartEvent } from '@pix/contracts/cart.ts'
import type { Offer, Package } from '@pix/contracts/pricing.ts'
import { type Alternative, alternatives, nextCheapest } from './alternatives.ts'

/** A cart's photos of one event, and how they may be bought. */
export interface CartPart extends CartEvent {
  ways: Alternative[]
  /** The cheapest way that is not the chosen one. */
  next: Offer | null
  /** Photos that are no longer sold. */
  withdrawn: string[]
}

/** What is bought of a cart, event by event. */
export const pricedParts = (parts: readonly CartPart[]) =>
  parts.flatMap(({ event, quote, next }) => (quote ? [{ event, offer: quote.chosen, next }] : []))

/**
 * A cart event by event, with every way to buy.
 *
 * @param packages by event; an event whose packages are not there yet has no other way than its own quote
 */
export const cartParts = (cart: Cart, packages: ReadonlyMap<string, readonly Package[]>): CartPart[] =>
  cart.events.map(part => {
    const ways = alternatives(part, packages.get(part.event.id) ?? [])
    const next = part.quote ? nextCheapest(ways, part.quote.chosen) : null
    const withdrawn = part.items.filter(item => !item.available).map(item => item.photo.id)
    return { ...part, ways, next, withdrawn }
  })
