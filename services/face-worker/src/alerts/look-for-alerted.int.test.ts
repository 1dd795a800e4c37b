import { newId } from '@pix/db/ids.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { hiddenFaces, objections } from '@pix/db/schema/objections.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createChildPool } from '../children/child-pool.ts'
import type { SearchPool } from '../searches/answer-searches.ts'
import { silentLog, testPlace, type TestPlace } from '../testing.ts'
import { addAlert, addPhoto, alertOf, mine, stranger } from './alerted-testing.ts'
import { lookForAlerted } from './look-for-alerted.ts'

let place: TestPlace
let pool: SearchPool

beforeAll(async () => {
  place = await testPlace({ SEARCH_PROCESSES: '1' })
  const script = new URL('../searches/search-child.ts', import.meta.url)
  const { settings } = place
  pool = createChildPool({ script, settings, size: 1, softMs: 60_000, hardMs: 60_000, log: silentLog })
  await pool.run(newId())
})
afterAll(async () => {
  await pool.stop()
  await place[Symbol.asyncDispose]()
})

/** One round of a worker that is alone. */
const round = () =>
  lookForAlerted({
    ...place,
    log: silentLog,
    now: () => new Date(),
    pool,
    searchWorkers: { preferring: async eventIds => new Set(eventIds) },
  })

test('a new photo of somebody who waits is found, and the kept face is gone with that', async () => {
  const { alertId, eventId } = await addAlert(place)
  await addPhoto(place, eventId, stranger)
  await round()
  expect(await alertOf(place, alertId)).toEqual({ found: false, kept: 1, seen: 2 })
  await addPhoto(place, eventId, mine)
  await round()
  expect(await alertOf(place, alertId)).toMatchObject({ found: true, kept: 0 })
})

test('the photo that was there before the search is no news, not when its revision rises again', async () => {
  const { alertId, eventId, first } = await addAlert(place)
  await place.db.update(events).set({ indexRevision: 5 }).where(eq(events.id, eventId))
  await place.db.update(photos).set({ indexRevision: 5 }).where(eq(photos.id, first.photoId))
  await round()
  expect(await alertOf(place, alertId)).toEqual({ found: false, kept: 1, seen: 5 })
})

test('a photo that is not approved is not found, and is once it is approved', async () => {
  const { alertId, eventId } = await addAlert(place)
  const { photoId } = await addPhoto(place, eventId, mine, 'pending')
  await round()
  expect(await alertOf(place, alertId)).toMatchObject({ found: false, kept: 1 })
  const approved = { approval: 'approved' as const, decidedAt: new Date(), indexRevision: 3 }
  await place.db.update(photos).set(approved).where(eq(photos.id, photoId))
  await place.db.update(events).set({ indexRevision: 3 }).where(eq(events.id, eventId))
  await round()
  expect(await alertOf(place, alertId)).toMatchObject({ found: true, kept: 0 })
})

test('a hidden face is found for nobody, not for the person who hid it', async () => {
  const { alertId, eventId } = await addAlert(place)
  const { faceId } = await addPhoto(place, eventId, mine)
  const [alert] = await place.db.select().from(eventAlerts).where(eq(eventAlerts.id, alertId))
  const objectionId = newId()
  const asked = { kind: 'hide' as const, locale: 'th', askedAt: new Date(), faceCount: 1 }
  const of = { searchId: newId(), sessionId: alert!.sessionId }
  await place.db.insert(objections).values({ id: objectionId, eventId, ...of, ...asked })
  await place.db.insert(hiddenFaces).values({ objectionId, eventId, faceId })
  await round()
  expect(await alertOf(place, alertId)).toEqual({ found: false, kept: 1, seen: 2 })
})

test('nothing is compared before the address is confirmed, after the sale, or while the event is closed', async () => {
  const unconfirmed = await addAlert(place, { confirmedAt: null })
  const over = await addAlert(place)
  const closed = await addAlert(place)
  const set = (eventId: string, values: Partial<typeof events.$inferInsert>) =>
    place.db.update(events).set(values).where(eq(events.id, eventId))
  await set(over.eventId, { salesEnd: new Date(Date.now() - 1_000) })
  await set(closed.eventId, { status: 'closed' })
  for (const { eventId } of [unconfirmed, over, closed]) await addPhoto(place, eventId, mine)
  await round()
  for (const { alertId } of [unconfirmed, over, closed])
    expect(await alertOf(place, alertId)).toEqual({ found: false, kept: 1, seen: 1 })
})
