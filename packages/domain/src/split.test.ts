import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitRevenue, spreadOverPhotos } from './split.ts'

const sum = (parts: Map<string, number>) => [...parts.values()].reduce((total, part) => total + part, 0)

const STANDARD = [
  { party: 'platform', bp: 3_000 },
  { party: 'photographer', bp: 5_000 },
  { party: 'organizer', bp: 2_000 },
]

/** Shares that total 10,000: cuts of the whole. */
const shares = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 5 }).map(cuts => {
  const edges = [0, ...cuts.sort((a, b) => a - b), 10_000]
  return edges.slice(1).map((edge, rank) => ({ party: `party-${rank}`, bp: edge - (edges[rank] ?? 0) }))
})
const satang = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

test('the parts of a sale add up to the sale, whatever the shares', () => {
  fc.assert(
    fc.property(satang, shares, (total, parties) => {
      expect(sum(splitRevenue(total, parties))).toBe(total)
    }),
  )
})

test('nobody is a whole satang away from their exact part', () => {
  fc.assert(
    fc.property(satang, shares, (total, parties) => {
      const parts = splitRevenue(total, parties)
      for (const { party, bp } of parties) {
        const off = BigInt(parts.get(party) ?? 0) * 10_000n - BigInt(total) * BigInt(bp)
        expect(off > -10_000n && off < 10_000n).toBe(true)
      }
    }),
  )
})

test('the standard split of 310 baht is 93, 155 and 62', () => {
  expect([...splitRevenue(31_000, STANDARD)]).toEqual([
    ['platform', 9_300],
    ['photographer', 15_500],
    ['organizer', 6_200],
  ])
})

test('the satang left over goes to the largest fraction, ties to the earlier share', () => {
  expect([...splitRevenue(1, STANDARD).values()]).toEqual([0, 1, 0])
  expect([...splitRevenue(5_167, STANDARD).values()]).toEqual([1_550, 2_584, 1_033])
  const halves = [
    { party: 'a', bp: 5_000 },
    { party: 'b', bp: 5_000 },
  ]
  expect([...splitRevenue(3, halves).values()]).toEqual([2, 1])
})

test('shares that do not make a whole are refused as a bug', () => {
  expect(() => splitRevenue(100, [{ party: 'a', bp: 9_999 }])).toThrow(RangeError)
  expect(() => splitRevenue(100, [STANDARD[0]!, STANDARD[0]!, { party: 'b', bp: 4_000 }])).toThrow(RangeError)
  expect(() =>
    splitRevenue(100, [
      { party: 'a', bp: 11_000 },
      { party: 'b', bp: -1_000 },
    ]),
  ).toThrow(RangeError)
  expect(() => splitRevenue(0.5, STANDARD)).toThrow(RangeError)
  expect(() => splitRevenue(-1, STANDARD)).toThrow(RangeError)
})

test('the photos of an order cost together what the order costs, and no two differ by more than a satang', () => {
  const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(satang, ids, (total, photoIds) => {
      const prices = spreadOverPhotos(total, photoIds)
      expect(sum(prices)).toBe(total)
      expect(prices.size).toBe(photoIds.length)
      expect(Math.max(...prices.values()) - Math.min(...prices.values())).toBeLessThanOrEqual(1)
    }),
  )
})

test('the spread depends on the photos, not on their order; the first by id get the satang left over', () => {
  expect([...spreadOverPhotos(100, ['c', 'a', 'b'])]).toEqual([
    ['a', 34],
    ['b', 33],
    ['c', 33],
  ])
})

test('a spread over nothing, or twice over the same photo, is refused as a bug', () => {
  expect(() => spreadOverPhotos(100, [])).toThrow(RangeError)
  expect(() => spreadOverPhotos(100, ['a', 'a'])).toThrow(RangeError)
})
