import type { PhotoAround } from '@pix/contracts/faces.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFaces, objections } from '@pix/db/schema/objections.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { watchStatements } from '@pix/db/testing.ts'
import { eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { photoWithFace, probe } from '../../testing/faces.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'

type NewPhoto = Partial<typeof photos.$inferInsert>
type Band = 'sure' | 'likely' | 'maybe'

const CAMERA = { camera: 'Canon EOS R6', cameraSerial: '0001' }
const RACE = { startsAt: new Date('2026-11-01T00:00:00Z'), endsAt: new Date('2026-11-01T06:00:00Z') }
const START = Date.parse('2026-11-01T01:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1_000)

/** A search of a visitor that is done; what it found is added by `match`. */
async function searched(t: TestApp, more: Partial<typeof events.$inferInsert> = {}) {
  const [visitor, event, photographer] = [
    await t.visitor(),
    await t.event({ ...RACE, ...more }),
    await t.user('photographer'),
  ]
  const { id } = (await probe(t, visitor, event.id)).json<{ id: string }>()
  await t.db.update(searches).set({ state: 'done', photoCount: 1 }).where(eq(searches.id, id))
  const taken = (seconds: number, facts: NewPhoto = {}) =>
    t.photo(event.id, facts.photographerId ?? photographer.id, { ...CAMERA, takenAt: at(seconds), ...facts })
  const match = async (seconds: number, band: Band, facts: NewPhoto = {}, hidden = false) => {
    const { photo, faceId } = await photoWithFace(t, event.id, photographer.id)
    await t.db
      .update(photos)
      .set({ ...CAMERA, takenAt: at(seconds), ...facts })
      .where(eq(photos.id, photo.id))
    const found = { searchId: id, photoId: photo.id, faceId, distance: 0.1, confidence: 0.9, band, hidden }
    await t.db.insert(searchMatches).values(found)
    return { id: photo.id, faceId }
  }
  const ask = (query: Record<string, string> = {}, headers: Record<string, string> = visitor.headers) =>
    t.app.inject({ url: `/api/face/search/${id}/around`, query, headers })
  const around = async () => (await ask()).json<{ items: PhotoAround[] }>().items.map(({ photo }) => photo.id)
  return { id, visitor, event, photographer, taken, match, ask, around }
}

test('around a match stands what its camera took within 60 seconds of it, in the order of time, and not the match itself', async () => {
  await using t = await testApp()
  const { taken, match, around, ask } = await searched(t)
  await match(0, 'sure')
  const [after, before, edge] = [await taken(59), await taken(-59), await taken(60)]
  for (const seconds of [61, -61]) await taken(seconds)
  expect(await around()).toEqual([before.id, after.id, edge.id])
  expect((await ask()).json().count).toBe(3)
})

test('only sure and likely matches have something around them, and not one that was said to be somebody else', async () => {
  await using t = await testApp()
  const { taken, match, around } = await searched(t)
  await match(0, 'maybe')
  await match(1_000, 'sure', {}, true)
  await taken(10)
  await taken(1_010)
  expect(await around()).toEqual([])
  await match(2_000, 'likely')
  const { id } = await taken(2_010)
  expect(await around()).toEqual([id])
})

test('photos of a search are not around it, whatever their band and what was said of them', async () => {
  await using t = await testApp()
  const { match, around } = await searched(t)
  await match(0, 'sure')
  await match(5, 'likely')
  await match(10, 'maybe')
  await match(15, 'sure', {}, true)
  expect(await around()).toEqual([])
})

test('another camera, another photographer or an unknown camera is not around; a missing serial number leaves the model', async () => {
  await using t = await testApp()
  const { taken, match, around } = await searched(t)
  const other = await t.user('photographer')
  await match(0, 'sure')
  await taken(1, { cameraSerial: '0002' })
  await taken(2, { photographerId: other.id })
  await taken(3, { cameraSerial: null, camera: 'Nikon Z8' })
  await taken(4, { cameraSerial: null, camera: null })
  const sameModel = await taken(5, { cameraSerial: null })
  expect(await around()).toEqual([sameModel.id])
})

test('a time that is not certain has nothing around it, and is around nothing', async () => {
  await using t = await testApp()
  const { taken, match, around } = await searched(t)
  const wrong = new Date('2020-01-01T00:00:00Z')
  await match(0, 'sure', { takenAt: wrong })
  await match(0, 'sure', { takenAt: null })
  await taken(0, { takenAt: wrong })
  await taken(0, { takenAt: null })
  expect(await around()).toEqual([])
})

test('what is not on sale is not around, nor is it around a match that left the sale', async () => {
  await using t = await testApp()
  const { taken, match, around } = await searched(t)
  const found = await match(0, 'sure')
  await taken(1, { approval: 'pending' })
  await taken(2, { approval: 'rejected', rejectReason: 'blurred' })
  const { id } = await taken(3)
  expect(await around()).toEqual([id])
  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked to' }).where(eq(photos.id, found.id))
  expect(await around()).toEqual([])
})

test('a photo of somebody who hides is around nobody, and a hidden match has nothing around it', async () => {
  await using t = await testApp()
  const { taken, match, around, event, photographer } = await searched(t)
  const found = await match(0, 'sure')
  const shown = await taken(5)
  const { photo, faceId } = await photoWithFace(t, event.id, photographer.id)
  await t.db
    .update(photos)
    .set({ ...CAMERA, takenAt: at(10) })
    .where(eq(photos.id, photo.id))
  expect(await around()).toEqual([shown.id, photo.id])

  const objectionId = t.deps.newId()
  await t.db.insert(objections).values({
    id: objectionId,
    eventId: event.id,
    searchId: t.deps.newId(),
    kind: 'hide',
    locale: 'th',
    askedAt: new Date(),
    faceCount: 1,
  })
  await t.db.insert(hiddenFaces).values({ objectionId, eventId: event.id, faceId })
  expect(await around()).toEqual([shown.id])
  await t.db.insert(hiddenFaces).values({ objectionId, eventId: event.id, faceId: found.faceId })
  expect(await around()).toEqual([])
})

test('an event that does not want it has nothing around, and nobody else learns that the search is there', async () => {
  await using t = await testApp()
  const { taken, match, ask, event } = await searched(t)
  await match(0, 'sure')
  await taken(1)
  for (const headers of [(await t.visitor()).headers, (await t.user('admin')).headers, {}])
    expect((await ask({}, headers)).statusCode).toBe(404)
  expect((await ask()).json()).toMatchObject({ count: 1 })
  await t.db.update(events).set({ aroundMoments: false }).where(eq(events.id, event.id))
  expect((await ask()).json()).toEqual({ items: [], nextCursor: null, count: 0 })
})

test('pages follow each other by time, a burst is named, and a page costs as many statements as one photo does', async () => {
  await using t = await testApp()
  const { taken, match, ask } = await searched(t)
  await match(0, 'sure')
  await match(3, 'likely')
  const look = { perceptualHash: 'ffff0000ffff0000', sharpness: 0.5 }
  const made = []
  for (const seconds of [10, 11, 30, 31, 31]) made.push(await taken(seconds, seconds < 20 ? look : {}))
  const ids = made.toSorted((a, b) => +a.takenAt! - +b.takenAt! || (a.id < b.id ? -1 : 1)).map(({ id }) => id)
  const statements = watchStatements(t.db)
  const seen: PhotoAround[] = []
  let [cursor, second]: [string | null, string] = ['', '']
  while (cursor !== null) {
    const query: Record<string, string> = cursor === '' ? { limit: '2' } : { limit: '2', cursor }
    const page: { items: PhotoAround[]; nextCursor: string | null; count: number | null } = (await ask(query)).json()
    expect(page.count).toBe(cursor === '' ? 5 : null)
    seen.push(...page.items)
    second = second === '' ? page.nextCursor! : second
    cursor = page.nextCursor
  }
  expect(seen.map(({ photo }) => photo.id)).toEqual(ids)
  expect(seen.map(({ burst }) => burst)).toEqual([seen[0]!.burst, seen[0]!.burst, null, null, null])
  expect(ids.slice(0, 2)).toContain(seen[0]!.burst)
  expect(statements.length / 3).toBe(STATEMENTS)
  expect((await ask({ cursor: 'x' })).statusCode).toBe(422)
  await t.db
    .update(photos)
    .set({ approval: 'rejected', rejectReason: 'asked to' })
    .where(inArray(photos.id, ids.slice(2)))
  expect((await ask({ limit: '2', cursor: second })).json()).toEqual({ items: [], nextCursor: null, count: null })
  expect((await ask()).json().count).toBe(2)
})

test('of many matches the nearest are looked at', async () => {
  await using t = await testApp()
  const { id: searchId, event, photographer, taken, match, around } = await searched(t)
  const far = await match(10_000, 'sure')
  await t.db.update(searchMatches).set({ distance: 0.3 }).where(eq(searchMatches.photoId, far.id))
  const [near, alone] = [await taken(10), await taken(10_010)]
  expect(await around()).toEqual([alone.id])
  const faceBox = { x: 0, y: 0, width: 0.1, height: 0.1 }
  for (let n = 0; n < 199; n++) {
    const { id: photoId } = await t.photo(event.id, photographer.id, { ...CAMERA, takenAt: at(n / 10) })
    await t.db
      .insert(searchMatches)
      .values({ searchId, photoId, faceBox, distance: 0.1, confidence: 0.9, band: 'sure' })
  }
  expect(await around()).toEqual([near.id, alone.id])
  await match(1, 'sure')
  expect(await around()).toEqual([near.id])
})

/** The search, who asks, the faces that were surely found, the photos, and what of them is bought. */
const STATEMENTS = 5
