import { expect, test } from 'vitest'
import { daysOf } from './days-of-month.ts'
import { monthOf } from './month-of.ts'

test('a month begins at midnight in Bangkok and has its own number of days', () => {
  expect([monthOf(Date.parse('2026-10-31T16:59:59Z')), monthOf(Date.parse('2026-10-31T17:00:00Z'))]).toEqual([
    '2026-10',
    '2026-11',
  ])
  expect(daysOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(daysOf('2026-12')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
  expect(['', '2026-13', '2026'].map(daysOf)).toEqual([null, null, null])
})
