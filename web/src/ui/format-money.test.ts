import { expect, test } from 'vitest'
import { formatMoney } from './format-money.ts'

test('money shows satang only when there are any', () => {
  expect(formatMoney(125_000)).toBe('฿1,250')
  expect(formatMoney(50_007)).toBe('฿500.07')
  expect(formatMoney(0)).toBe('฿0')
  expect(formatMoney(-6_000)).toBe('−฿60')
})
