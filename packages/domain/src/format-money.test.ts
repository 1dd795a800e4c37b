import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney } from './format-money.ts'

test('money shows satang only when there are any', () => {
  expect(formatMoney(125_000)).toBe('฿1,250')
  expect(formatMoney(50_007)).toBe('฿500.07')
  expect(formatMoney(0)).toBe('฿0')
  expect(formatMoney(-6_000)).toBe('−฿60')
})

test('every amount is read back to the satang', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), satang => {
      const [, sign, digits] = /^(−?)฿([\d,]+(?:\.\d\d)?)$/.exec(formatMoney(satang))!
      expect(Math.round(Number(digits!.replaceAll(',', '')) * 100) * (sign === '' ? 1 : -1) + 0).toBe(satang)
    }),
  )
})
