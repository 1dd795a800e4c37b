import { expect, test } from 'vitest'
import { hasSeveralDays } from './has-several-days.ts'

const event = (startsAt: string, endsAt: string, ...photographed: string[]) => ({
  startsAt,
  endsAt,
  timeline: photographed.map(at => ({ at })),
})

test('an evening is one day, also when it ends at midnight in Bangkok', () => {
  expect(hasSeveralDays(event('2026-11-14T11:00:00Z', '2026-11-14T15:00:00Z', '2026-11-14T11:15:00Z'))).toBe(false)
  expect(hasSeveralDays(event('2026-11-14T11:00:00Z', '2026-11-14T17:00:00Z'))).toBe(false)
})

test('two days, a night past midnight and photos of the eve are several', () => {
  expect(hasSeveralDays(event('2026-11-14T01:00:00Z', '2026-11-15T10:00:00Z'))).toBe(true)
  expect(hasSeveralDays(event('2026-11-14T13:00:00Z', '2026-11-14T18:00:00Z'))).toBe(true)
  expect(hasSeveralDays(event('2026-11-14T11:00:00Z', '2026-11-14T15:00:00Z', '2026-11-13T12:00:00Z'))).toBe(true)
})
