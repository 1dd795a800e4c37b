import { expect, test } from 'vitest'
import { addDays, bangkokDay, bangkokMidnight } from './bangkok-day.ts'

test('a day begins at midnight in Bangkok, whatever the clock of this machine', () => {
  expect(bangkokDay(new Date('2026-12-31T16:59:59.999Z'))).toBe('2026-12-31')
  expect(bangkokDay(new Date('2026-12-31T17:00:00.000Z'))).toBe('2027-01-01')
  expect(bangkokMidnight('2027-01-01')).toEqual(new Date('2026-12-31T17:00:00.000Z'))
})

test.each([
  ['2026-12-31', 1, '2027-01-01'],
  ['2027-01-01', -1, '2026-12-31'],
  ['2028-03-01', -1, '2028-02-29'],
  ['2026-02-28', 365, '2027-02-28'],
  ['2026-11-28', 0, '2026-11-28'],
])('from %s it is %i days to %s', (day, days, other) => expect(addDays(day, days)).toBe(other))
