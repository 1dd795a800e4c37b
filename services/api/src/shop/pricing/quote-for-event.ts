import { baht } from '@pix/contracts/common.ts'
import type { Offer, Package, Quote } from '@pix/contracts/pricing.ts'
import type { QuoteSearch, UnlimitedRules } from '@pix/domain/cover-by-search.ts'
import { type QuoteOffer, type QuotePhoto, quote } from '@pix/domain/quote.ts'

export interface EventToQuote {
  photos: readonly QuotePhoto[]
  packages: readonly Package[]
  /** The buyer's searches in the event. */
  searches: readonly QuoteSearch[]
  /** `auto` or a package's id. */
  choice: string
  rules: UnlimitedRules
}

/**
 * The wire's quote for photos of one event, by the one pure function (spec/30).
 *
 * @returns null when nothing can be bought; `fits` is false when the choice does not suit these photos
 */
export function quoteForEvent(event: EventToQuote): { quote: Quote; fits: boolean } | null {
  const { photos, packages, ...options } = event
  const sold = packages.map(({ id, kind, photoCount, price }) => ({ id, kind, photoCount, price: price.amount }))
  const found = quote(photos, sold, options)
  if (!found) return null

  const byId = new Map(packages.map(offered => [offered.id, offered]))
  const toOffer = ({ lines, total, photos: paidFor }: QuoteOffer): Offer => ({
    lines: lines.map(line => ({
      package: byId.get(line.packageId)!,
      quantity: line.quantity,
      photos: line.photos,
      amount: baht(line.amount),
      ...(line.people && { people: line.people }),
    })),
    total: baht(total),
    photos: paidFor,
  })
  const { unlimited } = found
  return {
    fits: found.choiceFits,
    quote: {
      chosen: toOffer(found.chosen),
      cheapest: toOffer(found.cheapest),
      singly: found.singly && toOffer(found.singly),
      unlimited: unlimited && { ...unlimited, offer: toOffer(unlimited.offer) },
      ways: found.ways.map(({ packageId, offer }) => ({ packageId, offer: toOffer(offer) })),
      freeMore: found.freeMore,
    },
  }
}
