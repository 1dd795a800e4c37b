import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { couponOff } from './coupon-off.ts'
import { discounts } from './net-prices.ts'

const lines = fc
  .array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 12 })
  .map(prices => prices.map((unitPrice, at) => ({ photoId: `p${at}`, unitPrice })))

test('what is taken off the photos adds up to the coupon, and no photo goes below 0', () => {
  fc.assert(
    fc.property(lines, fc.double({ min: 0, max: 1, noNaN: true }), (all, part) => {
      const off = Math.floor(part * all.reduce((sum, { unitPrice }) => sum + unitPrice, 0))
      const found = discounts(off, all)
      expect([...found.values()].reduce((sum, satang) => sum + satang, 0)).toBe(off)
      for (const { photoId, unitPrice } of all) {
        expect(found.get(photoId)).toBeGreaterThanOrEqual(0)
        expect(found.get(photoId)).toBeLessThanOrEqual(unitPrice)
      }
      expect(discounts(off, all.toReversed())).toEqual(new Map([...found].toReversed()))
    }),
  )
})

test('satang left over go to the largest fractions, ties by photo id', () => {
  const even = ['c', 'a', 'b'].map(photoId => ({ photoId, unitPrice: 100 }))
  expect(discounts(100, even)).toEqual(new Map([['c', 33], ['a', 34], ['b', 33]])) // oxfmt-ignore
  const uneven = [{ photoId: 'a', unitPrice: 100 }, { photoId: 'b', unitPrice: 50 }] // oxfmt-ignore
  expect(discounts(1, uneven)).toEqual(new Map([['a', 1], ['b', 0]])) // oxfmt-ignore
  expect(discounts(0, [{ photoId: 'a', unitPrice: 0 }])).toEqual(new Map([['a', 0]]))
})

test('more than the photos cost, less than nothing, part of a satang and a photo given twice are bugs', () => {
  const one = { photoId: 'a', unitPrice: 100 }
  for (const off of [101, -1, 0.5]) expect(() => discounts(off, [one])).toThrow(RangeError)
  expect(() => discounts(100, [one, one])).toThrow(RangeError)
})

test('a coupon takes a part or an amount off, rounded to its owner, and never more than what it is good for', () => {
  expect(couponOff({ kind: 'percent', percent: 15 }, 31_000)).toBe(4_650)
  expect(couponOff({ kind: 'percent', percent: 50 }, 3)).toBe(2)
  expect(couponOff({ kind: 'percent', percent: 1 }, 49)).toBe(0)
  expect(couponOff({ kind: 'percent', percent: 100 }, 31_001)).toBe(31_001)
  expect(couponOff({ kind: 'fixed', amount: 10_000 }, 6_000)).toBe(6_000)
  expect(couponOff({ kind: 'fixed', amount: 10_000 }, 25_000)).toBe(10_000)
})
