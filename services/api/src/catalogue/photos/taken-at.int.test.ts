import type { PhotoTile } from '@pix/contracts/photos.ts'
import { expect, test } from 'vitest'
import { testApp } from '../../testing/test-app.ts'

test('photos whose time is far from the event’s days are out of the ribbon, last in the gallery, and without a time', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer')
  const event = await t.event({ startsAt: new Date('2026-11-14T11:00:00Z'), endsAt: new Date('2026-11-14T16:00:00Z') })
  const taken = (at: string | null) =>
    t.photo(event.id, photographer.id, { takenAt: at === null ? null : new Date(at) })
  const reset = await taken('2014-12-31T17:03:11Z')
  const evening = await taken('2026-11-14T11:40:00Z')
  const eve = await taken('2026-11-13T12:00:00Z')
  const unknown = await taken(null)
  const later = await taken('2026-12-24T11:00:00Z')
  const order = [eve, evening, reset, unknown, later].map(photo => photo.id)
  const get = async (path: string) => (await t.app.inject({ url: `/api/events/${event.id}${path}` })).json()

  expect((await get('')).timeline).toEqual([
    { at: '2026-11-13T12:00:00.000Z', count: 1 },
    { at: '2026-11-14T11:30:00.000Z', count: 1 },
  ])
  const layout = await get('/photos/layout')
  expect(layout.ids).toEqual(order)
  expect(layout.takenAt.map((seconds: number | null) => seconds !== null)).toEqual([true, true, false, false, false])

  const items: PhotoTile[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await get(`/photos?limit=2${cursor && `&cursor=${cursor}`}`)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  expect(items.map(item => item.id)).toEqual(order)
  expect(items.map(item => item.takenAt)).toEqual([
    '2026-11-13T12:00:00.000Z',
    '2026-11-14T11:40:00.000Z',
    null,
    null,
    null,
  ])
  const ranged = await get('/photos?from=2010-01-01T00:00:00Z')
  expect(ranged.items.map((item: PhotoTile) => item.id)).toEqual([eve.id, evening.id])
  const alone = async (id: string) => (await t.app.inject({ url: `/api/photos/${id}` })).json().takenAt
  expect(await alone(evening.id)).toBe('2026-11-14T11:40:00.000Z')
  expect(await alone(reset.id)).toBeNull()
})
