import { expect, test } from 'vitest'
import { sumHours } from './sum-hours.ts'

const step = (visits: number, paid: number) => ({ visits, searches: 0, carts: 0, paid })

test('hours are summed as days and as hours of the day of Bangkok, in any order', () => {
  const { total, byDay, byHour } = sumHours([
    { at: new Date('2026-11-14T17:00:00Z'), steps: step(2, 0) },
    { at: new Date('2026-11-14T16:00:00Z'), steps: step(1, 0) },
    { at: new Date('2026-11-14T16:00:00Z'), steps: step(0, 1) },
    { at: new Date('2026-11-15T16:00:00Z'), steps: step(4, 0) },
  ])
  expect(total).toEqual(step(7, 1))
  expect(byDay).toEqual([
    { day: '2026-11-14', ...step(1, 1) },
    { day: '2026-11-15', ...step(6, 0) },
  ])
  expect(byHour).toHaveLength(24)
  expect(byHour.filter(({ visits }) => visits > 0)).toEqual([
    { hour: 0, ...step(2, 0) },
    { hour: 23, ...step(5, 1) },
  ])
})

test('an event at which nothing happened has no day, and 24 empty hours', () => {
  const { total, byDay, byHour } = sumHours([])
  expect([total.visits, byDay, byHour.length]).toEqual([0, [], 24])
})
