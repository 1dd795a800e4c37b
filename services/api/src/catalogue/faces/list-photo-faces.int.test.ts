import { events } from '@pix/db/schema/events.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { MODEL, photoWithFace } from '../../testing/faces.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { addSearch } from '../../testing/add-search.ts'

async function scene(t: TestApp) {
  const [photographer, event] = [await t.user('photographer'), await t.event()]
  await t.invite(event.id, photographer.id)
  const { photo, faceId } = await photoWithFace(t, event.id, photographer.id)
  const list = (headers = {}) => t.app.inject({ url: `/api/photos/${photo.id}/faces`, headers })
  return { photographer, event, photo, faceId, list, admin: await t.user('admin') }
}

test('staff see where the faces of a photo are and how good, the largest first, and nothing that distinguishes people', async () => {
  await using t = await testApp()
  const { event, photo, faceId, list, admin } = await scene(t)
  const [row] = await t.db.select().from(faces).where(eq(faces.id, faceId))
  const small = { ...row!, id: t.deps.newId(), x: 0.1, width: 0.1, height: 0.1, quality: 0.2 }
  await t.db.insert(faces).values(small)

  const { modelVersion, items } = (await list(admin.headers)).json()
  expect(modelVersion).toBe(MODEL)
  expect(items.map(({ id }: { id: string }) => id)).toEqual([faceId, small.id])
  expect(Object.keys(items[0]).toSorted()).toEqual(
    ['height', 'id', 'quality', 'score', 'searches', 'width', 'x', 'y'].toSorted(),
  )
  expect(items[1].quality).toBeCloseTo(0.2)
  expect((await list((await t.member(event.studioId, 'manager')).headers)).json().items).toHaveLength(2)
  expect(photo.id).toBe(row!.photoId)
})

test('visitors, photographers and the staff of other studios see no face', async () => {
  await using t = await testApp()
  const { photographer, list } = await scene(t)
  expect((await list()).statusCode).toBe(401)
  expect((await list(photographer.headers)).statusCode).toBe(403)
  expect((await list((await t.member((await t.studio()).id, 'owner')).headers)).statusCode).toBe(404)
})

test('searches that found a face are counted, without those whose person answered "not me"', async () => {
  await using t = await testApp()
  const { event, photo, faceId, list, admin } = await scene(t)
  const found = { photoId: photo.id, faceId, distance: 0.3, confidence: 0.9, band: 'sure' as const }
  for (const hidden of [false, false, true]) {
    const { sessionId } = await t.visitor()
    const searchId = await addSearch(t, { sessionId, eventId: event.id, photoIds: [], band: 'sure' })
    await t.db.insert(searchMatches).values({ searchId, ...found, hidden })
  }
  expect((await list(admin.headers)).json().items).toMatchObject([{ id: faceId, searches: 2 }])
})

test('while an event changes its engine, the faces are those that searches look at now', async () => {
  await using t = await testApp()
  const { event, list, admin } = await scene(t)
  await t.db.update(events).set({ faceModel: 'm2' }).where(eq(events.id, event.id))
  expect((await list(admin.headers)).json()).toEqual({ modelVersion: 'm2', items: [] })
})
