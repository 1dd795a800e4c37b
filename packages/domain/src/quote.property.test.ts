import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type UnlimitedRules, extraAllowed } from './cover-by-search.ts'
import { type QuotePackage, type QuotePhoto, quote } from './quote.ts'

const EVENT = 'event'
const RULES: UnlimitedRules = { extraPercent: 50, extraMin: 1, extraMax: 2, cap: 4 }

const photos = fc
  .array(fc.uniqueArray(fc.constantFrom('s1', 's2', 's3'), { maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map(all => all.map((searchIds, rank): QuotePhoto => ({ photoId: `p${rank}`, eventId: EVENT, searchIds })))

const offered = fc
  .array(
    fc.record({
      kind: fc.constantFrom('single', 'bundle', 'unlimited'),
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

/** Every way of giving each photo to one search's Unlimited or to singles and bundles. */
function brute(all: readonly QuotePhoto[], packages: readonly QuotePackage[]): number {
  const people = [...new Set(all.flatMap(photo => photo.searchIds))]
  const unlimited = Math.min(Infinity, ...packages.filter(one => one.kind === 'unlimited').map(one => one.price))
  const allowed = new Map(
    people.map(id => [id, extraAllowed(all.filter(photo => photo.searchIds.includes(id)).length, RULES)]),
  )
  let best = Infinity
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

test('no combination of packages is cheaper than the cheapest', () => {
  fc.assert(
    fc.property(photos, offered, (all, packages) => {
      expect(quote(all, packages, 'auto', RULES)?.cheapest.total ?? Infinity).toBe(brute(all, packages))
    }),
    { numRuns: 300 },
  )
})

test('the lines of an offer pay for every photo once and add up to its total', () => {
  fc.assert(
    fc.property(photos, offered, fc.constantFrom('auto', 'k0', 'k1'), (all, packages, choice) => {
      const found = quote(all, packages, choice, RULES)
      for (const offer of [found?.chosen, found?.cheapest, found?.singly, found?.unlimited?.offer]) {
        if (!offer) continue
        expect(offer.lines.reduce((sum, line) => sum + line.photos, 0)).toBe(all.length)
        expect(offer.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(offer.total)
        for (const line of offer.lines) {
          const sold = packages.find(one => one.id === line.packageId)!
          expect(line.amount).toBe(sold.price * line.quantity)
          expect(line.photos).toBeLessThanOrEqual((sold.photoCount ?? RULES.cap) * line.quantity)
        }
      }
    }),
  )
})

test('a choice is never cheaper than the cheapest, and buys what was chosen', () => {
  fc.assert(
    fc.property(photos, offered, (all, packages) => {
      const found = quote(all, packages, 'k0', RULES)
      fc.pre(found !== null)
      expect(found.chosen.total).toBeGreaterThanOrEqual(found.cheapest.total)
      expect(found.choiceFits === false || found.chosen.lines.some(line => line.packageId === 'k0')).toBe(true)
      expect(found.choiceFits ? found.cheapest : found.chosen).toEqual(found.cheapest)
    }),
  )
})

test('the photos said to be free are free, whichever they are, and the next one is not', () => {
  fc.assert(
    fc.property(photos, offered, (all, packages) => {
      const found = quote(all, packages, 'auto', RULES)
      fc.pre(found !== null && found.freeMore < 300)
      const total = (count: number) =>
        quote([...all, ...more(count)], packages, 'auto', RULES)?.cheapest.total ?? Infinity
      expect(total(found.freeMore)).toBe(found.chosen.total)
      expect(total(found.freeMore + 1)).toBeGreaterThan(found.chosen.total)
    }),
  )
})

test('neither the order of the photos nor a photo given twice changes the quote', () => {
  fc.assert(
    fc.property(photos, offered, (all, packages) => {
      const again = [...all, ...all].reverse()
      expect(quote(again, packages, 'auto', RULES)).toEqual(quote(all, packages, 'auto', RULES))
    }),
  )
})
