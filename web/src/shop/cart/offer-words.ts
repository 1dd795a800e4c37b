import type { Offer } from '@pix/contracts/pricing.ts'
import { formatNumber } from '../../base/i18n/format.ts'
import { i18n, localText } from '../../base/i18n/index.ts'

/** `ชุด 5 รูป 2 ชุด + 4 รูป`: what an offer is made of, in words. */
export function offerWords(offer: Offer): string {
  const { t } = i18n.global
  return offer.lines
    .map(({ package: offered, quantity }) => {
      if (offered.kind === 'single') return t('cart.timesSingle', { n: quantity }, quantity)
      const name = localText(offered.name)
      return quantity === 1 ? name : t('cart.times', { package: name, n: quantity })
    })
    .reduce((a, b) => t('cart.plus', { a, b }))
}

/** `ทุกรูปของฉัน · 14 รูป`, and only the number where one kind of package says nothing more. */
function offerTitle(offer: Offer): string {
  const { t } = i18n.global
  const photos = t('events.photoCount', { n: formatNumber(offer.photos) }, offer.photos)
  const [line, ...others] = offer.lines
  if (others.length > 0 || !line) return offerWords(offer)
  return line.package.kind === 'single' ? photos : t('cart.line', { package: offerWords(offer), photos })
}

/** The same for what is bought of several events: then only how many photos. */
export function offersTitle(offers: readonly Offer[]): string {
  const [offer] = offers
  if (offers.length === 1 && offer) return offerTitle(offer)
  const count = offers.reduce((sum, { photos }) => sum + photos, 0)
  return i18n.global.t('events.photoCount', { n: formatNumber(count) }, count)
}
