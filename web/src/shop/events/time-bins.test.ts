import { expect, test } from 'vitest'
import { timeBins } from './time-bins.ts'

const at = (time: string, count: number) => ({ at: `2026-11-20T${time}:00.000Z`, count })

test('quiet quarters between busy ones are bars of nothing, not missing', () => {
  const bins = timeBins([at('11:00', 3), at('11:45', 2)], 60)
  expect(bins.map(bin => bin.count)).toEqual([3, 0, 0, 2])
  expect(bins[3]).toEqual({ from: Date.parse('2026-11-20T11:45Z'), to: Date.parse('2026-11-20T12:00Z'), count: 2 })
})

test('a long event has no more bars than fit and loses no photo', () => {
  const timeline = Array.from({ length: 200 }, (_, quarter) => ({
    at: new Date(Date.UTC(2026, 10, 20) + quarter * 900_000).toISOString(),
    count: quarter % 7,
  }))
  const bins = timeBins(timeline, 48)
  expect(bins.length).toBeLessThanOrEqual(48)
  expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(timeline.reduce((sum, { count }) => sum + count, 0))
})

test('an event without times has no ribbon', () => {
  expect(timeBins([], 60)).toEqual([])
})
