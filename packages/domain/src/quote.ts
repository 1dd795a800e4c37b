import { type QuoteSearch, type UnlimitedRules, UNLIMITED_RULES } from './cover-by-search.ts'
import { priceOffers, type Priced } from './price-offers.ts'
import type { QuoteOffer, QuotePackage, QuotePhoto } from './quoted.ts'

export type { QuoteOffer, QuotePackage, QuotePhoto } from './quoted.ts'

/** A way to buy the photos that fits them. */
interface QuoteWay {
  packageId: string
  offer: QuoteOffer
}

export interface Quote {
  /** What is charged. */
  chosen: QuoteOffer
  /** False when the choice does not fit these photos; `chosen` is then the cheapest. */
  choiceFits: boolean
  cheapest: QuoteOffer
  /** The same photos by single prices only; null where no singles are sold. */
  singly: QuoteOffer | null
  /** One Unlimited for all of them, whether cheaper or not; null where it would not be valid. */
  unlimited: { offer: QuoteOffer; searchId: string; extraPhotoIds: string[] } | null
  /** The price with each package chosen, in the order of the packages. Packages that do not fit are left out. */
  ways: QuoteWay[]
  /** Photos that could be added, whichever they are, without the total rising. */
  freeMore: number
}

interface QuoteOptions {
  /** `auto` or the id of a package. */
  choice?: string
  /** The buyer's searches in the event. */
  searches?: readonly QuoteSearch[]
  rules?: UnlimitedRules
}

/** The largest number of free photos that a message names. */
const FREE_MORE_LIMIT = 300

/**
 * The price of photos: the one function behind cart, order and tests (spec/30). The cheapest valid combination of
 * singles, bundles (under-filled where that is cheaper), Unlimiteds, one for each search, and the whole event wins; equal
 * prices: fewer packages. A chosen single pays for all photos; a chosen bundle is taken at least once, with singles of the
 * event beside it; a chosen Unlimited pays for all, as many of it as there are people; the whole event always pays for all.
 *
 * @param photos of one event; a photo given twice counts once
 * @param packages the event's, in its order
 * @returns null when there is no photo or no combination of the packages pays for all of them
 * @throws RangeError for photos of several events: a bug in the caller
 */
export function quote(
  photos: readonly QuotePhoto[],
  packages: readonly QuotePackage[],
  { choice = 'auto', searches = [], rules = UNLIMITED_RULES }: QuoteOptions = {},
): Quote | null {
  if (new Set(photos.map(photo => photo.eventId)).size > 1) throw new RangeError('a quote is for one event')
  const sorted = [...new Map(photos.map(photo => [photo.photoId, photo])).values()].sort((a, b) =>
    a.photoId < b.photoId ? -1 : 1,
  )
  if (sorted.length === 0) return null

  const offers = priceOffers(sorted, packages, searches, rules)
  const cheapest = offers.cheapest(0)
  if (!cheapest) return null
  const wanted = packages.find(({ id }) => id === choice)
  const insisted = choice === 'auto' ? cheapest : wanted ? offers.insist(wanted, 0) : null
  const chosen = insisted ?? cheapest
  const again = insisted && wanted ? (more: number) => offers.insist(wanted, more) : offers.cheapest
  const single = offers.cheapestOf('single')
  const unlimited = offers.oneUnlimited()

  return {
    chosen: chosen.build(),
    choiceFits: insisted !== null,
    cheapest: cheapest.build(),
    singly: single && offers.insist(single, 0)!.build(),
    unlimited: unlimited && { ...unlimited, offer: unlimited.offer.build() },
    ways: packages.flatMap(({ id }, at) => {
      const offer = offers.insist(packages[at]!, 0)
      return offer ? [{ packageId: id, offer: offer.build() }] : []
    }),
    freeMore: freeMore(chosen.total, again),
  }
}

function freeMore(total: number, price: (more: number) => Priced | null): number {
  for (let more = 1; more <= FREE_MORE_LIMIT; more += 1) {
    const offer = price(more)
    if (!offer || offer.total > total) return more - 1
  }
  return FREE_MORE_LIMIT
}
