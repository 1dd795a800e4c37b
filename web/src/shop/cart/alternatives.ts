import type { CartEvent } from '@pix/contracts/cart.ts'
import type { Offer, Package } from '@pix/contracts/pricing.ts'
import { quote, type QuoteOffer } from '@pix/domain/quote.ts'
import { toQuotePackage } from './price-selection.ts'

/** A way to buy an event's photos. */
export interface Alternative {
  choice: string
  offer: Offer
}

/**
 * Every way to buy a cart's photos of one event: the cheapest first in the list, then one for each package that pays for them. The
 * same pure function prices them as in the api; which photos one search found is read off the part's own quote.
 */
export function alternatives(part: CartEvent, packages: readonly Package[]): Alternative[] {
  if (!part.quote) return []
  const { unlimited } = part.quote
  const extra = new Set(unlimited?.extraPhotoIds)
  const photos = part.items
    .filter(item => item.available)
    .map(({ photo }) => ({
      photoId: photo.id,
      eventId: photo.eventId,
      searchIds: unlimited && !extra.has(photo.id) ? [unlimited.searchId] : [],
    }))
  const sold = packages.map(toQuotePackage)
  const insisted = packages.flatMap(({ id }) => {
    const found = quote(photos, sold, id)
    return found?.choiceFits ? [{ choice: id, offer: onWire(found.chosen, packages) }] : []
  })
  return [{ choice: 'auto', offer: part.quote.cheapest }, ...insisted]
}

/**
 * The cheapest way that is not the chosen one: what a crossed-out price may show. Photos bought one by one have none: a
 * package that is too large for them is nothing to save against.
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

function onWire({ lines, total, photos }: QuoteOffer, packages: readonly Package[]): Offer {
  return {
    lines: lines.flatMap(line => {
      const offered = packages.find(({ id }) => id === line.packageId)
      return offered ? [{ ...line, package: offered, amount: { amount: line.amount, currency: 'THB' as const } }] : []
    }),
    total: { amount: total, currency: 'THB' },
    photos,
  }
}
