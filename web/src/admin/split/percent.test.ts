import { expect, test } from 'vitest'
import { lastMonth, toBasisPoints, toPercent } from './percent.ts'

test('percents are read exactly to two decimals, and nothing else is', () => {
  expect(['0', '50', '33.33', '12,5', ' 100 '].map(toBasisPoints)).toEqual([0, 5_000, 3_333, 1_250, 10_000])
  expect(['', '-1', '100.01', '1e2', '3.333', 'ครึ่ง'].map(toBasisPoints)).toEqual(Array(6).fill(null))
  expect([5_000, 3_333, 0].map(toPercent)).toEqual(['50', '33.33', '0'])
})

test('the month before is Bangkok’s, also over the turn of the year', () => {
  expect(lastMonth(Date.parse('2026-11-30T17:00:00Z'))).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  expect(lastMonth(Date.parse('2026-11-30T16:59:59Z'))).toEqual({ from: '2026-10-01', to: '2026-10-31' })
  expect(lastMonth(Date.parse('2027-01-15T05:00:00Z'))).toEqual({ from: '2026-12-01', to: '2026-12-31' })
})
