import type { EventPageData } from '@pix/contracts/page-data.ts'
import { expect, test } from 'vitest'
import { FIRST_TILES, galleryScreen } from './first-screen.ts'

const EVENING = { startsAt: '2026-11-14T11:00:00Z', endsAt: '2026-11-14T15:00:00Z' }

/** The screen of photos given by hour of that evening and shape. */
function screen(
  photos: readonly [hour: number | null, width: number][],
  event: object = {},
  bursts: number[][] = [],
): string {
  const tiles = photos.map(([hour, width], at) => ({
    id: `photo-${at}`,
    eventId: 'event',
    width,
    height: 1000,
    takenAt: hour === null ? null : `2026-11-14T${hour}:${String(at).padStart(2, '0')}:00Z`,
  }))
  const shown = { ...EVENING, timeline: [], ...event }
  return galleryScreen({ event: shown, photos: tiles, bursts, packages: [] } as unknown as EventPageData)
}

const landscapes = (count: number, hour: number | null = 11) =>
  Array.from({ length: count }, () => [hour, 1500] as [number | null, number])
const count = (html: string, what: string) => html.split(what).length - 1

test('the first rows of a gallery stand under the headings that the application gives them', () => {
  const html = screen([...landscapes(3), ...landscapes(37, 12)])
  expect(html.replaceAll(/<img[^>]*>/g, 'i').replaceAll(/<\/?div ?|class=|[">]/g, ' ')).toMatch(
    /first-head\s+first-hour\s+first-row\s+i+\s+(first-row\s+i+\s+)*first-hour\s+first-row/,
  )
  expect(count(html, '<img')).toBeGreaterThanOrEqual(FIRST_TILES)
  expect(count(html, '<img')).toBeLessThan(FIRST_TILES + 5)
})

test('photos without a time have no heading when all are, and the time ribbon has its place when it is there', () => {
  expect(screen(landscapes(20, null))).not.toContain('first-hour')
  const timeline = [{ at: '2026-11-14T11:00:00Z' }, { at: '2026-11-14T11:15:00Z' }]
  expect(screen(landscapes(20), { timeline })).toContain('class="first-ribbon"')
  const twoDays = [{ at: '2026-11-14T11:00:00Z' }, { at: '2026-11-15T11:15:00Z' }]
  expect(screen(landscapes(20), { timeline: twoDays })).toContain('class="first-ribbon two-lines"')
})

test('a burst is one tile, and an hour all of whose photos stand elsewhere has no heading', () => {
  const html = screen([...landscapes(1, 11), ...landscapes(4, 12)], {}, [[2, 0, 1]])
  expect([...html.matchAll(/photo-(\d)/g)].map(([, at]) => at)).toEqual(['2', '3', '4'])
  expect(count(html, 'first-hour')).toBe(1)
})

test('a photo that is alone keeps the height of a row instead of filling the width', () => {
  expect(screen([[11, 700]])).toContain('style="width:23.902%;aspect-ratio:0.7"')
})
