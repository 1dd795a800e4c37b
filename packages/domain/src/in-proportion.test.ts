import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { inProportion } from './in-proportion.ts'

test('the satang left over go to the largest fractions, ties to the earlier', () => {
  expect(inProportion(100, [1, 1, 1])).toEqual([34, 33, 33])
  expect(inProportion(101, [1, 1, 1])).toEqual([34, 34, 33])
  // 14.28, 28.57, 57.14
  expect(inProportion(100, [1, 2, 4])).toEqual([14, 29, 57])
  // 10.9, 89.1
  expect(inProportion(100, [109, 891])).toEqual([11, 89])
  expect(inProportion(5, [0, 3, 0])).toEqual([0, 5, 0])
})

test('nothing is shared among nobody, and nothing by weights that are all 0', () => {
  expect(inProportion(0, [])).toEqual([])
  expect(inProportion(0, [0, 0])).toEqual([0, 0])
})

test('parts add up to the whole, are within a satang of their exact part, and no smaller fraction is rounded up before a larger', () => {
  const weights = fc.array(fc.nat(10_000), { minLength: 1, maxLength: 20 }).filter(all => all.some(one => one > 0))
  fc.assert(
    fc.property(fc.nat(100_000_000), weights, (total, given) => {
      const whole = given.reduce((sum, weight) => sum + weight, 0)
      const parts = inProportion(total, given)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total)
      const fractions = parts.map((part, at) => {
        const exact = total * given[at]!
        expect(part - Math.floor(exact / whole) === 0 || part - Math.floor(exact / whole) === 1).toBe(true)
        return { fraction: exact % whole, up: part > Math.floor(exact / whole) }
      })
      const lowestUp = Math.min(...fractions.filter(one => one.up).map(one => one.fraction))
      const notUp = fractions.filter(one => !one.up).map(one => one.fraction)
      expect(Math.max(-1, ...notUp)).toBeLessThanOrEqual(lowestUp)
    }),
  )
})
