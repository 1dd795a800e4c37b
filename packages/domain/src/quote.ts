import { type CountedPackage, coverByCount } from './cover-by-count.ts'
import {
  type SearchCover,
  type UnlimitedRules,
  UNLIMITED_RULES,
  coverBySearch,
  extraAllowed,
} from './cover-by-search.ts'

export interface QuotePhoto {
  photoId: string
  eventId: string
  /** Searches of the buyer in which the photo is a sure or likely match. */
  searchIds: readonly string[]
}

export interface QuotePackage {
  id: string
  kind: 'single' | 'bundle' | 'unlimited'
  /** 1 for a single, N for a bundle, null for unlimited. */
  photoCount: number | null
  /** Satang. */
  price: number
}

export interface QuoteLine {
  packageId: string
  quantity: number
  /** Photos the line pays for. */
  photos: number
  /** Satang. */
  amount: number
}

export interface QuoteOffer {
  lines: QuoteLine[]
  /** Satang. */
  total: number
  photos: number
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
  /** Photos that could be added, whichever they are, without the total rising. */
  freeMore: number
}

/** Nobody needs to hear of more free photos than that. */
const FREE_MORE_LIMIT = 300

/**
 * The price of photos: the one function behind cart, order and tests (spec/30). The cheapest valid combination of
 * singles, bundles (under-filled where that is cheaper) and Unlimiteds, one for each search, wins; equal prices: fewer
 * packages. A chosen single pays for all photos; a chosen bundle is taken at least once, with singles of the event
 * beside it; a chosen Unlimited pays for all, as many of it as there are people.
 *
 * @param photos of one event; a photo given twice counts once
 * @param packages the event's, in its order
 * @param choice `auto` or the id of a package
 * @returns null when there is no photo or no combination of the packages pays for all of them
 * @throws RangeError for photos of several events: a bug in the caller
 */
export function quote(
  photos: readonly QuotePhoto[],
  packages: readonly QuotePackage[],
  choice = 'auto',
  rules: UnlimitedRules = UNLIMITED_RULES,
): Quote | null {
  if (new Set(photos.map(photo => photo.eventId)).size > 1) throw new RangeError('a quote is for one event')
  const sorted = [...new Map(photos.map(photo => [photo.photoId, photo])).values()].sort((a, b) =>
    a.photoId < b.photoId ? -1 : 1,
  )
  if (sorted.length === 0) return null

  const cover = coverBySearch(sorted, rules)
  const price = (byHand: number, wanted: string) => priceOf(sorted.length, byHand, wanted, packages, cover)
  const cheapest = price(0, 'auto')
  if (!cheapest) return null
  const insisted = price(0, choice)
  const chosen = insisted ?? cheapest
  const single = cheapestOf(packages, 'single')

  return {
    chosen,
    choiceFits: insisted !== null,
    cheapest,
    singly: single && price(0, single.id),
    unlimited: oneUnlimited(sorted, packages, rules),
    freeMore: freeMore(chosen.total, byHand => price(byHand, insisted ? choice : 'auto')),
  }
}

function freeMore(total: number, price: (byHand: number) => QuoteOffer | null): number {
  for (let more = 1; more <= FREE_MORE_LIMIT; more += 1) {
    const offer = price(more)
    if (!offer || offer.total > total) return more - 1
  }
  return FREE_MORE_LIMIT
}

function priceOf(
  found: number,
  byHand: number,
  choice: string,
  packages: readonly QuotePackage[],
  cover: SearchCover,
): QuoteOffer | null {
  const photos = found + byHand
  const counted = packages.filter(isCounted)
  if (choice === 'auto') return cheapestMix(photos, counted, cheapestOf(packages, 'unlimited'), cover.coverage(byHand))

  const insisted = packages.find(offered => offered.id === choice)
  if (!insisted) return null
  if (isCounted(insisted)) {
    const beside = insisted.kind === 'single' ? [] : counted.filter(offered => offered.kind === 'single')
    return withAtLeastOne(photos, insisted, beside)
  }
  const full = cover.coverage(byHand).map(paidFor => (paidFor >= photos ? paidFor : 0))
  return cheapestMix(photos, [], insisted, full)
}

type Counted = QuotePackage & CountedPackage
const isCounted = (offered: QuotePackage): offered is Counted => offered.photoCount !== null

/** The cheapest of a kind, ties to the earlier in the list. */
const cheapestOf = (packages: readonly QuotePackage[], kind: QuotePackage['kind']): QuotePackage | null =>
  packages.reduce<QuotePackage | null>(
    (best, offered) => (offered.kind === kind && (!best || offered.price < best.price) ? offered : best),
    null,
  )

/** Tries every set of searches with an Unlimited each; singles and bundles pay for the photos left over. */
function cheapestMix(
  photos: number,
  counted: readonly Counted[],
  unlimited: QuotePackage | null,
  coverage: readonly number[],
): QuoteOffer | null {
  const byCount = coverByCount(counted)
  let best: { total: number; packages: number; build: () => QuoteOffer } | null = null
  for (const [set, paidFor] of (unlimited ? coverage : [0]).entries()) {
    const rest = byCount(Math.max(0, photos - paidFor))
    if (!rest) continue
    const people = countBits(set)
    const total = rest.total + people * (unlimited?.price ?? 0)
    const bought = rest.packages + people
    if (best && (total > best.total || (total === best.total && bought >= best.packages))) continue
    const quantities = new Map(rest.quantities)
    if (people > 0) quantities.set(unlimited!.id, people)
    const offered = unlimited ? [unlimited, ...counted] : counted
    best = { total, packages: bought, build: () => offerOf(photos, quantities, offered, paidFor) }
  }
  return best && best.build()
}

function withAtLeastOne(photos: number, insisted: Counted, beside: readonly Counted[]): QuoteOffer | null {
  const rest = coverByCount([insisted, ...beside])(Math.max(0, photos - insisted.photoCount))
  if (!rest) return null
  const quantities = new Map(rest.quantities).set(insisted.id, (rest.quantities.get(insisted.id) ?? 0) + 1)
  return offerOf(photos, quantities, [insisted, ...beside], 0)
}

/** Lines by size, the largest filled first, so that only the smallest is shown under-filled. */
function offerOf(
  photos: number,
  quantities: ReadonlyMap<string, number>,
  packages: readonly QuotePackage[],
  byUnlimited: number,
): QuoteOffer {
  let left = photos
  const size = (offered: QuotePackage) => offered.photoCount ?? Number.POSITIVE_INFINITY
  const lines = packages
    .filter(offered => quantities.has(offered.id))
    .sort((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a)))
    .map(offered => {
      const quantity = quantities.get(offered.id)!
      const paidFor = Math.min(left, offered.photoCount === null ? byUnlimited : quantity * offered.photoCount)
      left -= paidFor
      return { packageId: offered.id, quantity, photos: paidFor, amount: quantity * offered.price }
    })
  return { lines, total: lines.reduce((sum, line) => sum + line.amount, 0), photos }
}

function oneUnlimited(photos: readonly QuotePhoto[], packages: readonly QuotePackage[], rules: UnlimitedRules) {
  const unlimited = cheapestOf(packages, 'unlimited')
  if (!unlimited || photos.length > rules.cap) return null
  const [searchId] = coverBySearch(photos, rules).searchIds
  if (searchId === undefined) return null
  const extra = photos.filter(photo => !photo.searchIds.includes(searchId))
  if (extra.length > extraAllowed(photos.length - extra.length, rules)) return null
  const offer = offerOf(photos.length, new Map([[unlimited.id, 1]]), [unlimited], photos.length)
  return { offer, searchId, extraPhotoIds: extra.map(photo => photo.photoId) }
}

function countBits(set: number): number {
  let bits = 0
  for (let rest = set; rest > 0; rest &= rest - 1) bits += 1
  return bits
}
