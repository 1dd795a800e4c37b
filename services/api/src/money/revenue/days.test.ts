import { expect, test } from 'vitest'
import { fillDays } from './days.ts'

const day = (name: string, gross: number, orders: number) => ({ day: name, gross, orders })

test('days without a sale are there with nothing, over the end of a month', () => {
  expect(fillDays([day('2026-02-27', 100, 1), day('2026-03-02', 50, 2)], {})).toEqual([
    day('2026-02-27', 100, 1),
    day('2026-02-28', 0, 0),
    day('2026-03-01', 0, 0),
    day('2026-03-02', 50, 2),
  ])
})

test('a range that was asked for is filled to both ends', () => {
  const filled = fillDays([], { from: '2026-01-01', to: '2026-01-03' })
  expect(filled.map(one => one.day)).toEqual(['2026-01-01', '2026-01-02', '2026-01-03'])
  expect(fillDays([], {})).toEqual([])
  expect(fillDays([], { from: '1990-01-01', to: '2100-01-01' }).length).toBeLessThan(2_000)
})
