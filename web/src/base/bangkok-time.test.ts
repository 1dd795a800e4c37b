import { expect, test } from 'vitest'
import { fromBangkokTime, toBangkokTime } from './bangkok-time.ts'

test('a time is written and read in Bangkok, whatever the clock of this machine', () => {
  expect(toBangkokTime('2026-12-31T18:30:00.000Z')).toBe('2027-01-01T01:30')
  expect(fromBangkokTime('2027-01-01T01:30')).toBe('2026-12-31T18:30:00.000Z')
})

test('what is no time is none', () => {
  for (const text of ['', '2026-11-14', '2026-13-14T10:00', '2026-02-30T25:00', 'tomorrow'])
    expect([text, fromBangkokTime(text)]).toEqual([text, null])
})
