import type { Package } from '@pix/contracts/pricing.ts'
import { type Quote, quote, type QuotePackage } from '@pix/domain/quote.ts'

/** A package as the price function takes it. */
export const toQuotePackage = ({ id, kind, photoCount, price }: Package): QuotePackage => ({
  id,
  kind,
  photoCount,
  price: price.amount,
})

/**
 * What photos would cost before they are in the cart: the same pure function the api charges by. Only shown, never
 * sent; the cart's own quote is what counts.
 *
 * @param found whether a search of the buyer found the photo, sure or likely: Unlimited pays for those
 */
export function priceSelection(
  photoIds: readonly string[],
  packages: readonly Package[],
  found: (photoId: string) => boolean = () => false,
  choice = 'auto',
): Quote | null {
  return quote(
    photoIds.map(photoId => ({ photoId, eventId: '', searchIds: found(photoId) ? ['this'] : [] })),
    packages.map(toQuotePackage),
    choice,
  )
}
