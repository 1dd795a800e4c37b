import type { Package } from '@pix/contracts/pricing.ts'
import { UNLIMITED_RULES } from '@pix/domain/cover-by-search.ts'
import { type Quote, quote, type QuotePackage } from '@pix/domain/quote.ts'

/** A package as the price function takes it. */
const toQuotePackage = ({ id, kind, photoCount, price }: Package): QuotePackage => ({
  id,
  kind,
  photoCount,
  price: price.amount,
})

/**
 * What photos would cost before they are in the cart: the same pure function the api charges by. Only shown, never
 * sent; the cart's own quote is what counts.
 *
 * @param found photos that a search of the buyer found, sure or likely: an Unlimited pays for those
 */
export function priceSelection(
  photoIds: readonly string[],
  packages: readonly Package[],
  found: ReadonlySet<string> = new Set(),
): Quote | null {
  return quote(
    photoIds.map(photoId => ({ photoId, eventId: '', searchIds: found.has(photoId) ? ['this'] : [] })),
    packages.map(toQuotePackage),
    {
      searches: [{ id: 'this', matches: found.size }],
      rules: packages.find(({ limits }) => limits)?.limits ?? UNLIMITED_RULES,
    },
  )
}
