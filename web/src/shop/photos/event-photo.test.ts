import { expect, test, vi } from 'vitest'

// Node has no storage; the words are read with what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { formatMoment } = await import('../../base/i18n/format.ts')
const { changeLocale } = await import('../../base/i18n/index.ts')
await import('../../shell/words-testing.ts')
const { fromColumns, photoLabel } = await import('./event-photo.ts')

test('times of an event of several days name the day in both languages, those of one day do not', async () => {
  const at = Date.parse('2026-11-15T11:40:00Z')
  await changeLocale('en')
  expect(formatMoment(new Date(at), true)).toMatch(/^15 Nov,? 18:40$/)
  expect(photoLabel(3, 9, at, true)).toMatch(/15 Nov,? 18:40/)
  expect(photoLabel(3, 9, at, false)).not.toMatch(/15 Nov/)
  await changeLocale('th')
  expect(formatMoment(new Date(at), true)).toMatch(/^15 พ\.ย\. 18:40$/)
  expect(formatMoment(new Date(at), false)).toBe('18:40')
})

test('each photo of a burst names the one that stands for it, and the others none', () => {
  const columns = { aspects: [], takenAt: [], colors: [], photographers: [], takenBy: [] }
  const photos = fromColumns('event', { ...columns, ids: ['a', 'b', 'c', 'd'], bursts: [[3, 0, 2]] }, false)
  expect(photos.map(({ burst }) => burst)).toEqual(['d', null, 'd', 'd'])
})
