import { expect, test } from 'vitest'
import { letterSpan, shownSpan } from './hours.ts'

const at = (text: string) => new Date(text)

test('the page counts from 07:00 of yesterday in Bangkok, before and after seven', () => {
  for (const now of ['2026-11-28T00:00:00+07:00', '2026-11-28T06:59:00+07:00', '2026-11-28T23:59:00+07:00'])
    expect(shownSpan(at(now)).since).toEqual(at('2026-11-27T07:00:00+07:00'))
  expect(shownSpan(at('2026-11-29T00:00:00+07:00')).since).toEqual(at('2026-11-28T07:00:00+07:00'))
})

test('letters of following mornings count every moment once, also over midnight and the turn of a year', () => {
  const first = letterSpan(at('2026-12-31T07:00:00+07:00'))
  expect(first).toEqual({
    day: '2026-12-31',
    since: at('2026-12-30T07:00:00+07:00'),
    until: at('2026-12-31T07:00:00+07:00'),
  })
  expect(letterSpan(at('2027-01-01T06:59:59.999+07:00'))).toEqual(first)
  const second = letterSpan(at('2027-01-01T07:00:00+07:00'))
  expect(second.day).toBe('2027-01-01')
  expect(second.since).toEqual(first.until)
})
