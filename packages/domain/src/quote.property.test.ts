import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type QuoteSearch, type UnlimitedRules, extraAllowed } from './cover-by-search.ts'
import { type QuotePackage, type QuotePhoto, quote } from './quote.ts'

const EVENT = 'event'
const RULES: UnlimitedRules = { extraPercent: 50, extraMin: 1, extraMax: 2, cap: 4 }

const photos = fc
  .array(fc.uniqueArray(fc.constantFrom('s1', 's2', 's3'), { maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map(all => all.map((searchIds, rank): QuotePhoto => ({ photoId: `p${rank}`, eventId: EVENT, searchIds })))

/** What each search found in the event besides the photos. */
const others = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3))
const PEOPLE = ['s1', 's2', 's3']
const searchesOf = (all: readonly QuotePhoto[], more: readonly number[]): QuoteSearch[] =>
  PEOPLE.map((id, at) => ({
    id,
    matches: more[at]! + all.filter(photo => photo.searchIds.includes(id)).length,
  }))

const offered = fc
  .array(
    fc.record({
      kind: fc.constantFrom('single', 'bundle', 'unlimited', 'whole_event'),
      size: fc.integer({ min: 2, max: 5 }),
      price: fc.integer({ min: 0, max: 1_000 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map(all =>
    all.map(({ kind, size, price }, rank): QuotePackage => {
      const photoCount = kind === 'single' ? 1 : kind === 'bundle' ? size : null
      return { id: `k${rank}`, kind, photoCount, price }
    }),
  )

/** Every multiset of counted packages, by trying: nothing clever. */
function bruteCount(n: number, packages: readonly QuotePackage[]): number {
  if (n <= 0) return 0
  const totals = packages.map(one => (one.photoCount ? one.price + bruteCount(n - one.photoCount, packages) : Infinity))
  return Math.min(Infinity, ...totals)
}

/** Every way of giving each photo to one search's Unlimited or to singles and bundles; or the whole event. */
function brute(
  all: readonly QuotePhoto[],
  packages: readonly QuotePackage[],
  searches: readonly QuoteSearch[],
): number {
  const priceOf = (kind: QuotePackage['kind']) =>
    Math.min(Infinity, ...packages.filter(one => one.kind === kind).map(one => one.price))
  const people = searches.filter(({ matches }) => matches > 0).map(({ id }) => id)
  const unlimited = priceOf('unlimited')
  const allowed = new Map(searches.map(({ id, matches }) => [id, extraAllowed(matches, RULES)]))
  let best = priceOf('whole_event')
  const give = (rank: number, takers: readonly (string | null)[]): void => {
    const photo = all[rank]
    if (photo) {
      for (const taker of [null, ...people]) give(rank + 1, [...takers, taker])
      return
    }
    const valid = people.every(id => {
      const given = all.filter((_, at) => takers[at] === id)
      const byHand = given.filter(one => !one.searchIds.includes(id))
      return given.length <= RULES.cap && byHand.length <= allowed.get(id)!
    })
    if (!valid) return
    const used = new Set(takers.filter(taker => taker !== null)).size
    const rest = bruteCount(takers.filter(taker => taker === null).length, packages)
    best = Math.min(best, rest + (used ? used * unlimited : 0))
  }
  give(0, [])
  return best
}

const more = (count: number) =>
  Array.from({ length: count }, (_, rank) => ({ photoId: `more${rank}`, eventId: EVENT, searchIds: [] }))

const scene = fc.tuple(photos, others).map(([all, more]) => ({ all, searches: searchesOf(all, more) }))
const total = (all: readonly QuotePhoto[], packages: readonly QuotePackage[], searches: readonly QuoteSearch[]) =>
  quote(all, packages, { searches, rules: RULES })?.cheapest.total ?? Infinity

test('no combination of packages is cheaper than the cheapest', () => {
  fc.assert(
    fc.property(scene, offered, ({ all, searches }, packages) => {
      expect(total(all, packages, searches)).toBe(brute(all, packages, searches))
    }),
    { numRuns: 300 },
  )
})

test('the cheapest is never above singles, and a further photo never makes it cheaper', () => {
  fc.assert(
    fc.property(scene, offered, ({ all, searches }, packages) => {
      const priced = quote(all, packages, { searches, rules: RULES })
      const singles = packages.filter(one => one.kind === 'single').map(one => one.price * all.length)
      expect(priced?.cheapest.total ?? Infinity).toBeLessThanOrEqual(Math.min(Infinity, ...singles))
      expect(priced?.singly?.total ?? Infinity).toBe(Math.min(Infinity, ...singles))
      for (const { photoId } of all) {
        const fewer = all.filter(photo => photo.photoId !== photoId)
        const less = fewer.length > 0 ? total(fewer, packages, searches) : 0
        expect(less).toBeLessThanOrEqual(total(all, packages, searches))
      }
    }),
  )
})

test('the lines of an offer pay for every photo once and add up to its total', () => {
  fc.assert(
    fc.property(scene, offered, fc.constantFrom('auto', 'k0', 'k1'), ({ all, searches }, packages, choice) => {
      const found = quote(all, packages, { choice, searches, rules: RULES })
      const ways = found?.ways.map(({ offer }) => offer) ?? []
      for (const offer of [found?.chosen, found?.cheapest, found?.singly, found?.unlimited?.offer, ...ways]) {
        if (!offer) continue
        expect(offer.lines.reduce((sum, line) => sum + line.photos, 0)).toBe(all.length)
        expect(offer.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(offer.total)
        for (const line of offer.lines) {
          const sold = packages.find(one => one.id === line.packageId)!
          expect(line.amount).toBe(sold.price * line.quantity)
          const most = sold.kind === 'whole_event' ? Infinity : (sold.photoCount ?? RULES.cap)
          expect(line.photos).toBeLessThanOrEqual(most * line.quantity)
        }
      }
    }),
  )
})

test('each Unlimited pays for photos of its own search, at most so many by hand, and for none that another pays for', () => {
  fc.assert(
    fc.property(scene, offered, ({ all, searches }, packages) => {
      const priced = quote(all, packages, { searches, rules: RULES })
      const offers = priced ? [priced.chosen, ...priced.ways.map(({ offer }) => offer)] : []
      for (const line of offers.flatMap(({ lines }) => lines)) {
        const sold = packages.find(one => one.id === line.packageId)!
        expect(line.people?.length).toBe(sold.kind === 'unlimited' ? line.quantity : undefined)
        const byHand = line.people?.flatMap(person => person.byHand) ?? []
        expect(new Set(byHand).size).toBe(byHand.length)
        for (const person of line.people ?? []) {
          expect(searches).toContainEqual({ id: person.searchId, matches: person.matches })
          expect(person.byHand.length).toBeLessThanOrEqual(extraAllowed(person.matches, RULES))
          expect(person.photos).toBeLessThanOrEqual(RULES.cap)
          const own = all.filter(({ photoId }) => person.byHand.includes(photoId))
          expect(own.some(({ searchIds }) => searchIds.includes(person.searchId))).toBe(false)
        }
      }
    }),
  )
})

test('a choice is never cheaper than the cheapest, and buys what was chosen', () => {
  fc.assert(
    fc.property(scene, offered, ({ all, searches }, packages) => {
      const found = quote(all, packages, { choice: 'k0', searches, rules: RULES })
      fc.pre(found !== null)
      expect(found.chosen.total).toBeGreaterThanOrEqual(found.cheapest.total)
      expect(found.choiceFits === false || found.chosen.lines.some(line => line.packageId === 'k0')).toBe(true)
      expect(found.choiceFits ? found.cheapest : found.chosen).toEqual(found.cheapest)
      const way = found.ways.find(({ packageId }) => packageId === 'k0')
      expect(way?.offer).toEqual(found.choiceFits ? found.chosen : undefined)
    }),
  )
})

test('the photos said to be free are free, whichever they are, and the next one is not', () => {
  fc.assert(
    fc.property(scene, offered, ({ all, searches }, packages) => {
      const found = quote(all, packages, { searches, rules: RULES })
      fc.pre(found !== null && found.freeMore < 300)
      const withMore = (count: number) => total([...all, ...more(count)], packages, searches)
      expect(withMore(found.freeMore)).toBe(found.chosen.total)
      expect(withMore(found.freeMore + 1)).toBeGreaterThan(found.chosen.total)
    }),
  )
})

test('neither the order of the photos nor a photo given twice changes the quote', () => {
  fc.assert(
    fc.property(scene, offered, ({ all, searches }, packages) => {
      const again = [...all, ...all].reverse()
      const options = { searches: searches.toReversed(), rules: RULES }
      expect(quote(again, packages, options)).toEqual(quote(all, packages, { searches, rules: RULES }))
    }),
  )
})
