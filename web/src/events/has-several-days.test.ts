import { expect, test, vi } from 'vitest'

// Node has no storage; the words are read with what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { formatMoment } = await import('../app/i18n/format.ts')
const { locale } = await import('../app/i18n/index.ts')
const { photoLabel } = await import('../photos/browse/event-photo.ts')
const { hasSeveralDays } = await import('./has-several-days.ts')

const event = (startsAt: string, endsAt: string, ...photographed: string[]) => ({
  startsAt,
  endsAt,
  timeline: photographed.map(at => ({ at, count: 1 })),
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

test('times of an event of several days name the day in both languages, those of one day do not', () => {
  const at = Date.parse('2026-11-15T11:40:00Z')
  locale.value = 'en'
  expect(formatMoment(new Date(at), true)).toMatch(/^15 Nov,? 18:40$/)
  expect(photoLabel(3, 9, at, true)).toMatch(/15 Nov,? 18:40/)
  expect(photoLabel(3, 9, at, false)).not.toMatch(/15 Nov/)
  locale.value = 'th'
  expect(formatMoment(new Date(at), true)).toMatch(/^15 พ\.ย\. 18:40$/)
  expect(formatMoment(new Date(at), false)).toBe('18:40')
})
