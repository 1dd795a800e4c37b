import { expect, test } from 'vitest'
import { lookOf, measuredShare, sumUp } from './uptime-days.ts'

const day = (workedMinutes: number, measuredMinutes: number, name = '2026-11-27') => ({
  day: name,
  workedMinutes,
  measuredMinutes,
})

test('a minute that was away keeps the whole from 100 %, and what was not measured counts for nothing', () => {
  const days = [day(0, 0, '2026-11-25'), day(1_440, 1_440), ...Array(87).fill(day(1_440, 1_440)), day(1_439, 1_440)]
  expect(sumUp(days)).toMatchObject({ percent: '99.99%', measuredDays: 89, faults: [{ workedMinutes: 1_439 }] })
  expect(sumUp([day(600, 600)])).toEqual({ percent: '100%', measuredDays: 1, faults: [] })
  expect(sumUp([day(0, 0)])).toEqual({ percent: null, measuredDays: 0, faults: [] })
})

test('a bar is as high as the day was measured, and looks whole only where nothing failed', () => {
  expect([day(0, 0), day(9, 9), day(1_425, 1_440), day(1_424, 1_440), day(0, 1)].map(lookOf)).toEqual([
    'unknown',
    'well',
    'slight',
    'large',
    'slight',
  ])
  expect(measuredShare(day(3, 720))).toBe(0.5)
})

test('days with a fault are listed newest first', () => {
  const faults = sumUp([day(1, 2, '2026-11-01'), day(2, 2, '2026-11-02'), day(1, 2, '2026-11-03')]).faults
  expect(faults.map(({ day: name }) => name)).toEqual(['2026-11-03', '2026-11-01'])
})
