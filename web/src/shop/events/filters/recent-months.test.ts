import { expect, test } from 'vitest'
import { recentMonths } from './recent-months.ts'

test('the next month, this one and the 23 before are offered, by the calendar of Bangkok', () => {
  const months = recentMonths(Date.parse('2026-11-30T17:30:00Z'))
  expect([months.slice(0, 3), months.length, months.at(-1)]).toEqual([['2027-01', '2026-12', '2026-11'], 25, '2025-01'])
})

test('a month of the address is offered in its place, and never twice', () => {
  const now = Date.parse('2026-11-15T00:00:00Z')
  expect(recentMonths(now, '2020-02').at(-1)).toBe('2020-02')
  expect(recentMonths(now, '2031-02')[0]).toBe('2031-02')
  expect(recentMonths(now, '2026-11')).toEqual(recentMonths(now))
})
