import { expect, test } from 'vitest'
import { lastSpan } from './report-span.ts'

const daysOf = (...asked: Parameters<typeof lastSpan>) => {
  const { from, to } = lastSpan(...asked)
  return [from, to]
}

test('a report is of the day of Bangkok that is over, from seven in the morning on', () => {
  // 06:59 and 07:00 of 27 November in Bangkok.
  expect(daysOf('daily', new Date('2026-11-26T23:59:00Z'))).toEqual(['2026-11-25', '2026-11-25'])
  expect(daysOf('daily', new Date('2026-11-27T00:00:00Z'))).toEqual(['2026-11-26', '2026-11-26'])
  expect(daysOf('daily', new Date('2026-11-27T16:59:00Z'))).toEqual(['2026-11-26', '2026-11-26'])
})

test('a week begins on Monday, and is reported from the next Monday on, all week', () => {
  // Sunday, Monday and the Sunday after.
  expect(daysOf('weekly', new Date('2026-11-22T12:00:00Z'))).toEqual(['2026-11-09', '2026-11-15'])
  expect(daysOf('weekly', new Date('2026-11-23T00:00:00Z'))).toEqual(['2026-11-16', '2026-11-22'])
  expect(daysOf('weekly', new Date('2026-11-29T12:00:00Z'))).toEqual(['2026-11-16', '2026-11-22'])
})

test('a month is reported from the first of the next one on, over the end of a year and in a leap year', () => {
  expect(daysOf('monthly', new Date('2026-12-31T23:00:00Z'))).toEqual(['2026-11-01', '2026-11-30'])
  expect(daysOf('monthly', new Date('2027-01-01T00:00:00Z'))).toEqual(['2026-12-01', '2026-12-31'])
  expect(daysOf('monthly', new Date('2028-03-15T00:00:00Z'))).toEqual(['2028-02-01', '2028-02-29'])
})
