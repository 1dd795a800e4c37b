import type { CartEvent } from '@pix/contracts/cart.ts'
import type { Offer } from '@pix/contracts/pricing.ts'

/** A way to buy an event's photos. */
export interface Alternative {
  choice: string
  offer: Offer
}

/** Every way to buy a cart's photos of one event: the cheapest first in the list, then one for each package that pays for them. */
export const alternatives = ({ quote }: CartEvent): Alternative[] =>
  quote
    ? [
        { choice: 'auto', offer: quote.cheapest },
        ...quote.ways.map(({ packageId, offer }) => ({ choice: packageId, offer })),
      ]
    : []

/**
 * The cheapest way that is not the chosen one: its price may be shown crossed out. Photos bought one by one have none,
 * because the price of a package that is too large for them shows no saving.
 */
export function nextCheapest(ways: readonly Alternative[], chosen: Offer): Offer | null {
  if (chosen.lines.every(line => line.package.kind === 'single')) return null
  const others = ways.map(way => way.offer).filter(offer => !isSame(offer, chosen))
  return others.reduce<Offer | null>(
    (best, offer) => (!best || offer.total.amount < best.total.amount ? offer : best),
    null,
  )
}

/** Satang that a choice saves against the next cheapest way. */
export const savingOf = (offer: Offer, next: Offer | null): number =>
  Math.max(0, (next?.total.amount ?? 0) - offer.total.amount)

const isSame = (a: Offer, b: Offer): boolean =>
  a.lines.length === b.lines.length &&
  a.lines.every(line => b.lines.some(other => other.package.id === line.package.id && other.quantity === line.quantity))
