import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatBaht, parseBaht } from './money.ts'

test('every amount of satang survives being written as baht and read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999_99 }), satang => {
      expect(parseBaht(formatBaht(satang))).toBe(satang)
    }),
  )
})

test.each([
  ['0', 0],
  ['1.1', 110],
  ['1.10', 110],
  ['0.29', 29],
  ['1.15', 115],
  ['8.2', 820],
  ['700000', 70_000_000],
  ['4503599627370.49', null],
])('%s baht is %s satang', (text, satang) => {
  expect(parseBaht(text)).toBe(satang)
})

test.each(['', '-1', '+1', '1.', '.5', '1.234', '1e2', '1,000', ' 1', '1 ', '01', 'NaN', '١'])(
  '%j is not an amount',
  text => {
    expect(parseBaht(text)).toBeNull()
  },
)

test.each([-1, 0.5, Number.NaN, 2 ** 53])('%s satang are refused as a bug', satang => {
  expect(() => formatBaht(satang)).toThrow(RangeError)
})
