import { auditEvents } from '@pix/db/schema/audit.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { probeKey } from '@pix/jobs/faces.ts'
import { indexSnapshotPrefix, originalKey, selfieKey, thumbnailKey } from '@pix/platform/storage-keys.ts'
import { listAll, MAIN_BUCKET, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { photoWithFace, probe } from '../../testing/faces.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'
import { forgetOldFaces } from './forget-faces.ts'
import { removeEvents } from './remove-events.ts'

const DAY = 86_400_000
const endedAgo = (days: number) => {
  const endsAt = new Date(Date.now() - days * DAY)
  return { startsAt: endsAt, endsAt }
}

const put = (t: TestApp, bucket: typeof MAIN_BUCKET | typeof VANISHING_BUCKET, key: string) =>
  t.storage.put(bucket, key, Buffer.from('x'), { contentType: 'application/octet-stream' })

async function store(t: TestApp, eventId: string, photoId: string) {
  await put(t, MAIN_BUCKET, originalKey(eventId, photoId, 'jpg'))
  await put(t, MAIN_BUCKET, thumbnailKey(eventId, 'small', photoId))
}

const objectsOf = async (t: TestApp, eventId: string) =>
  (await listAll(t.storage, MAIN_BUCKET, `events/${eventId}/`)).map(({ key }) => key)

test('the faces of an event and its index go a year after it, or on its own date, and others stay', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer')
  const old = await t.event(endedAgo(366))
  const dated = await t.event({ ...endedAgo(2), facesUntil: new Date(Date.now() - 1_000) })
  const longer = await t.event({ ...endedAgo(400), facesUntil: new Date(Date.now() + DAY) })
  const young = await t.event(endedAgo(364))
  const all = [old, dated, longer, young]
  for (const event of all) {
    await photoWithFace(t, event.id, photographer.id)
    await put(t, VANISHING_BUCKET, `${indexSnapshotPrefix(event.id)}m1.bin`)
  }

  await forgetOldFaces(t.system)

  const left = await t.db.selectDistinct({ id: faces.eventId }).from(faces)
  expect(left.map(({ id }) => id).toSorted()).toEqual([longer.id, young.id].toSorted())
  expect((await listAll(t.storage, VANISHING_BUCKET, 'faces/index/')).length).toBe(2)
  const [gone] = await t.db.select().from(events).where(eq(events.id, old.id))
  expect(gone!.indexRevision).toBeGreaterThan(old.indexRevision)
  const visitor = await t.visitor()
  expect((await probe(t, visitor, old.id)).json().code).toBe('face_search_off')
})

test('a deleted event really goes: photos, faces, searches, embeddings and objects; it is shown to nobody', async () => {
  await using t = await testApp()
  const [admin, photographer, visitor] = [await t.user('admin'), await t.user('photographer'), await t.visitor()]
  const [event, other] = [await t.event(), await t.event()]
  for (const { id } of [event, other]) {
    await photoWithFace(t, id, photographer.id)
    const { id: searchId } = (await probe(t, visitor, id)).json()
    await put(t, VANISHING_BUCKET, selfieKey(searchId))
  }
  for (const photo of await t.db.select().from(photos)) await store(t, photo.eventId, photo.id)
  const [gone] = await t.db.select().from(searches).where(eq(searches.eventId, event.id))

  const answer = await t.app.inject({
    method: 'DELETE',
    url: `/api/admin/events/${event.id}`,
    headers: admin.headers,
  })
  await removeEvents(t.system)

  expect(answer.statusCode).toBe(204)
  for (const table of [photos, faces, searches])
    expect(await t.db.selectDistinct({ id: table.eventId }).from(table)).toEqual([{ id: other.id }])
  expect(await objectsOf(t, event.id)).toEqual([])
  expect(await objectsOf(t, other.id)).toHaveLength(2)
  expect(await t.storage.exists(VANISHING_BUCKET, selfieKey(gone!.id))).toBe(false)
  expect(await t.deps.redis.exists(probeKey(gone!.id))).toBe(0)
  expect((await t.app.inject({ url: `/api/events/${event.slug}` })).statusCode).toBe(404)
  expect(await t.db.select().from(auditEvents)).toMatchObject([{ action: 'event.remove' }])
})

test('a photo that was sold outlives its event for its buyer, and loses its objects when downloads end', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer')
  const event = await t.event({ ...endedAgo(400), status: 'closed' })
  const [sold, unsold] = [await t.photo(event.id, photographer.id), await t.photo(event.id, photographer.id)]
  for (const { id } of [sold, unsold]) await store(t, event.id, id)
  await t.db.update(photos).set({ latitude: 13.7, longitude: 100.5 })
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [sold])

  await removeEvents(t.system)
  expect((await objectsOf(t, event.id)).every(key => key.includes(sold.id))).toBe(true)
  expect(await objectsOf(t, event.id)).toHaveLength(2)
  expect((await t.db.select().from(photos)).map(({ id }) => id)).toEqual([sold.id])

  await t.db.update(entitlements).set({ until: new Date(), from: new Date(0) })
  t.forward(1_000)
  await removeEvents(t.system)
  expect(await objectsOf(t, event.id)).toEqual([])
  expect(await t.db.select().from(photos)).toMatchObject([
    { id: sold.id, latitude: null, bytesGoneAt: expect.any(Date) },
  ])
})

test('what is still on sale, is young, or has a later date of its own stays', async () => {
  await using t = await testApp()
  await t.event({ ...endedAgo(500), status: 'on_sale' })
  await t.event({ ...endedAgo(300), status: 'closed' })
  await t.event({ ...endedAgo(500), status: 'closed', keptUntil: new Date(Date.now() + DAY) })
  await t.event({ ...endedAgo(500), status: 'closed', salesEnd: new Date(Date.now() - 10 * DAY) })
  const due = await t.event({ ...endedAgo(10), status: 'closed', keptUntil: new Date(Date.now() - 1_000) })
  await removeEvents(t.system)
  const removed = (await t.db.select().from(events)).filter(({ removedAt }) => removedAt !== null)
  expect(removed.map(({ id }) => id)).toEqual([due.id])
})
