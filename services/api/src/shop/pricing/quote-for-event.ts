import { baht } from '@pix/contracts/common.ts'
import type { Offer, Package, Quote } from '@pix/contracts/pricing.ts'
import { type QuoteOffer, type QuotePhoto, quote } from '@pix/domain/quote.ts'

/**
 * The wire's quote for photos of one event, by the one pure function (spec/30).
 *
 * @param choice `auto` or a package's id
 * @returns null when nothing can be bought; `fits` is false when the choice does not suit these photos
 */
export function quoteForEvent(
  photos: readonly QuotePhoto[],
  packages: readonly Package[],
  choice: string,
): { quote: Quote; fits: boolean } | null {
  const found = quote(
    photos,
    packages.map(({ id, kind, photoCount, price }) => ({ id, kind, photoCount, price: price.amount })),
    choice,
  )
  if (!found) return null

  const byId = new Map(packages.map(offered => [offered.id, offered]))
  const toOffer = ({ lines, total, photos: paidFor }: QuoteOffer): Offer => ({
    lines: lines.map(line => ({
      package: byId.get(line.packageId)!,
      quantity: line.quantity,
      photos: line.photos,
      amount: baht(line.amount),
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
      freeMore: found.freeMore,
    },
  }
}
