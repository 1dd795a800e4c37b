import type { Translated } from '../../base/i18n/translated.ts'
import type { bundleTh } from './messages.th.ts'

export const bundleEn: Translated<typeof bundleTh> = {
  title: 'How a package is shared',
  text: 'The price is spread evenly over its photos. The satang left over go one each to the first photos by id. Then each photo is split by its rule',
  example: 'Example: a package of {n} photo for {price} | Example: a package of {n} photos for {price}',
  photoNo: 'Photo {n}',
  platform: 'Platform',
  studio: 'Studio',
  photographer: 'Photographer',
  organizer: 'Organizer',
  price: 'Price',
  sum: 'Sum',
  standard: 'It is reckoned with the standard split. Your own rate is in the statement',
}
