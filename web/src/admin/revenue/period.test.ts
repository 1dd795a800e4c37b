import { expect, test } from 'vitest'
import { periodBefore, periodIn, periodOf } from './period.ts'

test('a day begins at midnight in Bangkok, not in Greenwich', () => {
  expect(periodOf('today', Date.parse('2026-11-17T16:59:00Z'))).toEqual({ from: '2026-11-17', to: '2026-11-17' })
  expect(periodOf('today', Date.parse('2026-11-17T17:00:00Z'))).toEqual({ from: '2026-11-18', to: '2026-11-18' })
})

test('thirty days include today, months and years begin on their first', () => {
  const now = Date.parse('2026-11-18T05:00:00Z')
  expect(periodOf('days30', now)).toEqual({ from: '2026-10-20', to: '2026-11-18' })
  expect(periodOf('month', now)).toEqual({ from: '2026-11-01', to: '2026-11-18' })
  expect(periodOf('year', now)).toEqual({ from: '2026-01-01', to: '2026-11-18' })
})

test('the period before is as long and ends the day before', () => {
  expect(periodBefore({ from: '2026-10-20', to: '2026-11-18' })).toEqual({ from: '2026-09-20', to: '2026-10-19' })
  expect(periodBefore({ from: '2026-03-01', to: '2026-03-01' })).toEqual({ from: '2026-02-28', to: '2026-02-28' })
})

test('days of an address are a period only where both are days, in their order', () => {
  expect(periodIn({ from: '2026-11-01', to: '2026-11-30' })).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  for (const wrong of [
    {},
    { from: '2026-11-01' },
    { from: '2026-11-02', to: '2026-11-01' },
    { from: '2026-13-01', to: '2026-13-02' },
    { from: ['2026-11-01'], to: '2026-11-30' },
  ])
    expect(periodIn(wrong)).toBeUndefined()
})
