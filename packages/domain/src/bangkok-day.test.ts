import { expect, test } from 'vitest'
import { bangkokDay, bangkokMidnight } from './bangkok-day.ts'

test('a day begins at midnight in Bangkok, whatever the clock of this machine', () => {
  expect(bangkokDay(new Date('2026-12-31T16:59:59.999Z'))).toBe('2026-12-31')
  expect(bangkokDay(new Date('2026-12-31T17:00:00.000Z'))).toBe('2027-01-01')
  expect(bangkokMidnight('2027-01-01')).toEqual(new Date('2026-12-31T17:00:00.000Z'))
})
