import { assignPhotos, type PersonCovered } from './assign-photos.ts'
import { type CountedPackage, type Covering, coverByCount } from './cover-by-count.ts'
import { coverBySearch, extraAllowed, type QuoteSearch, type UnlimitedRules } from './cover-by-search.ts'
import type { QuoteOffer, QuotePackage, QuotePhoto } from './quoted.ts'

/** A combination of packages with its price. Its lines are made when they are asked for. */
export interface Priced {
  /** Satang. */
  total: number
  packages: number
  build: () => QuoteOffer
}

type Counted = QuotePackage & CountedPackage
const isCounted = (offered: QuotePackage): offered is Counted => offered.photoCount !== null

/** Fewer satang, then fewer packages; ties to the first. */
const better = (a: Priced | null, b: Priced | null): Priced | null => {
  if (!a || !b) return a ?? b
  return b.total < a.total || (b.total === a.total && b.packages < a.packages) ? b : a
}

/**
 * What photos of one event cost by any of its packages.
 *
 * @param photos all different, by id
 */
export function priceOffers(
  photos: readonly QuotePhoto[],
  packages: readonly QuotePackage[],
  made: readonly QuoteSearch[],
  rules: UnlimitedRules,
) {
  const cover = coverBySearch(photos, made, rules)
  const counted = packages.filter(isCounted)
  const byCount = coverByCount(counted)

  /** The cheapest of a kind, ties to the earlier in the list. */
  const cheapestOf = (kind: QuotePackage['kind']): QuotePackage | null =>
    packages.reduce<QuotePackage | null>(
      (best, offered) => (offered.kind === kind && (!best || offered.price < best.price) ? offered : best),
      null,
    )
  const [unlimited, whole] = [cheapestOf('unlimited'), cheapestOf('whole_event')]

  /** Unlimiteds for a set of the searches (bit i: search i); singles and bundles pay for the photos left over. */
  function mix(set: number, sold: QuotePackage | null, rest: Covering, most: number): Priced {
    const searches = cover.searches.filter((_, at) => set & (1 << at))
    const price = sold?.price ?? 0
    return {
      total: rest.total + searches.length * price,
      packages: rest.packages + searches.length,
      build: () => offerOf(most, [...personLines(sold, searches), ...countedLines(rest, counted)]),
    }
  }

  /** @returns the line of the Unlimiteds, with the people whose photos each of them pays for */
  function personLines(sold: QuotePackage | null, searches: readonly QuoteSearch[]): Bought[] {
    if (!sold || searches.length === 0) return []
    const people = assignPhotos(photos, searches, rules)
    return [
      { offered: sold, quantity: searches.length, holds: people.reduce((sum, one) => sum + one.photos, 0), people },
    ]
  }

  /**
   * The cheapest of all sets of searches, each search with an Unlimited. The empty set is tried too, where singles and
   * bundles may pay for all.
   */
  function cheapestMix(more: number, sold: QuotePackage | null, beside: boolean): Priced | null {
    const count = photos.length + more
    let best: Priced | null = null
    for (const [set, paidFor] of (sold ? cover.coverage(more) : [0]).entries()) {
      const left = count - paidFor
      const rest = beside || left === 0 ? byCount(left) : null
      if (rest) best = better(best, mix(set, sold, rest, count))
    }
    return best
  }

  return {
    cheapestOf,

    /** The cheapest combination for the photos, and so many more that no search found. */
    cheapest: (more: number): Priced | null =>
      better(cheapestMix(more, unlimited, true), whole && wholeEvent(whole, photos.length + more)),

    /** The same, where one package must be among them; null where it does not fit. */
    insist: (wanted: QuotePackage, more: number): Priced | null => {
      const count = photos.length + more
      if (wanted.kind === 'whole_event') return wholeEvent(wanted, count)
      if (!isCounted(wanted)) return cheapestMix(more, wanted, false)
      return withAtLeastOne(count, wanted, wanted.kind === 'single' ? [] : counted.filter(one => one.kind === 'single'))
    },

    /** One Unlimited for all of the photos, by the search that found most of them. */
    oneUnlimited: (): { offer: Priced; searchId: string; extraPhotoIds: string[] } | null => {
      if (!unlimited || photos.length > rules.cap) return null
      for (const [at, { id, matches }] of cover.searches.entries()) {
        const extra = photos.filter(photo => !photo.searchIds.includes(id))
        if (extra.length > extraAllowed(matches, rules)) continue
        const offer = mix(1 << at, unlimited, byCount(0)!, photos.length)
        return { offer, searchId: id, extraPhotoIds: extra.map(({ photoId }) => photoId) }
      }
      return null
    },
  }
}

const wholeEvent = (offered: QuotePackage, count: number): Priced => ({
  total: offered.price,
  packages: 1,
  build: () => offerOf(count, [{ offered, quantity: 1, holds: count }]),
})

function withAtLeastOne(count: number, insisted: Counted, beside: readonly Counted[]): Priced | null {
  const rest = coverByCount([insisted, ...beside])(Math.max(0, count - insisted.photoCount))!
  const quantities = new Map(rest.quantities).set(insisted.id, (rest.quantities.get(insisted.id) ?? 0) + 1)
  return {
    total: rest.total + insisted.price,
    packages: rest.packages + 1,
    build: () => offerOf(count, countedLines({ ...rest, quantities }, [insisted, ...beside])),
  }
}

/** Packages of an offer before its photos are shared out. */
interface Bought {
  offered: QuotePackage
  quantity: number
  /** Photos it can pay for. */
  holds: number
  people?: PersonCovered[]
}

/**
 * The lines of singles and bundles, by size. The largest are filled first, so that only the smallest is shown
 * under-filled.
 */
const countedLines = ({ quantities }: Covering, packages: readonly Counted[]): Bought[] =>
  packages
    .filter(offered => quantities.has(offered.id))
    .sort((a, b) => b.photoCount - a.photoCount)
    .map(offered => {
      const quantity = quantities.get(offered.id)!
      return { offered, quantity, holds: quantity * offered.photoCount }
    })

function offerOf(photos: number, bought: readonly Bought[]): QuoteOffer {
  let left = photos
  const lines = bought.map(({ offered, quantity, holds, people }) => {
    const paidFor = Math.min(left, holds)
    left -= paidFor
    const line = { packageId: offered.id, quantity, photos: paidFor, amount: quantity * offered.price }
    return people ? { ...line, people } : line
  })
  return { lines, total: lines.reduce((sum, line) => sum + line.amount, 0), photos }
}
