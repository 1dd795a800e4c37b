import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatBaht, parseBaht, parseTypedBaht } from './money.ts'

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

test.each([
  ['1,250.50', 125_050],
  [' 1,250 ', 125_000],
  ['12,345,678.9', 1_234_567_890],
  ['1250.50', 125_050],
  ['1,25', null],
  ['1,2500', null],
  ['1250,500', null],
  ['0,500', null],
  ['1,250,50', null],
  [',250', null],
  ['1 250', null],
])('somebody who types %j means %s satang', (text, satang) => {
  expect(parseTypedBaht(text)).toBe(satang)
})

test.each([-1, 0.5, Number.NaN, 2 ** 53])('%s satang are refused as a bug', satang => {
  expect(() => formatBaht(satang)).toThrow(RangeError)
})
