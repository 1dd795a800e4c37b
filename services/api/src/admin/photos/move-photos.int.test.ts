import { auditEvents } from '@pix/db/schema/audit.ts'
import { begunUploads, faces, gonePhotos, photos } from '@pix/db/schema/photos.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFaces, objections } from '@pix/db/schema/objections.ts'
import { takedowns } from '@pix/db/schema/takedowns.ts'
import { originalKey, photoKeys } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { and, desc, eq } from 'drizzle-orm'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropOriginal } from '../../catalogue/photos/index.ts'
import { photoWithFace } from '../../testing/faces.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'

type Row = Awaited<ReturnType<TestApp['photo']>>
let t: TestApp
let [from, to]: Awaited<ReturnType<TestApp['event']>>[] = []
let [nok, admin]: Awaited<ReturnType<TestApp['user']>>[] = []
beforeAll(async () => {
  t = await testApp({ settings: { LIMIT_REQUESTS_PER_MINUTE: '10000' } })
  ;[from, to] = [await t.event(), await t.event()]
  ;[nok, admin] = [await t.user('photographer'), await t.user('admin')]
  for (const { id } of [from, to]) await t.invite(id, nok.id)
})
afterAll(() => t[Symbol.asyncDispose]())

async function store(photo: Row) {
  for (const key of photoKeys(photo))
    await t.storage.put(MAIN_BUCKET, key, Buffer.from(key), { contentType: 'image/jpeg' })
  return photo
}
const stored = async (more: object = {}) => store(await t.photo(from!.id, nok!.id, more))
const move = async (photoIds: readonly string[], headers = admin!.headers, eventId = to!.id) =>
  t.app.inject({ method: 'POST', url: '/api/photos/moves', payload: { eventId, photoIds }, headers })
const rowOf = async (id: string) => (await t.db.select().from(photos).where(eq(photos.id, id)))[0]
const nothingBegun = async () => expect(await t.db.$count(begunUploads)).toBe(0)
/** The answer for one photo that stays as it was. */
async function whyLeft(photo: Row, headers = admin!.headers) {
  const before = await rowOf(photo.id)
  const { moved, left } = (await move([photo.id], headers)).json()
  expect([moved, left.length]).toEqual([[], 1])
  expect(await rowOf(photo.id)).toEqual(before)
  await nothingBegun()
  return left[0].why
}

test('a moved photo is a new one there that is processed again; of the old one nothing is left but what the index must learn', async () => {
  const { photo } = await photoWithFace(t, from!.id, nok!.id)
  await store(photo)
  const { moved, left } = (await move([photo.id])).json()
  expect(left).toEqual([])
  const [{ id, becameId }] = moved
  expect(id).toBe(photo.id)

  expect(await rowOf(becameId)).toMatchObject({
    eventId: to!.id,
    photographerId: nok!.id,
    fileName: photo.fileName,
    sha256: photo.sha256,
    state: 'queued',
    approval: 'pending',
    faceCount: 0,
    indexRevision: 0,
  })
  const original = await readWhole(t.storage, MAIN_BUCKET, originalKey(to!.id, becameId, 'jpg'))
  expect(original?.toString()).toBe(originalKey(from!.id, photo.id, 'jpg'))
  expect(await rowOf(photo.id)).toBeUndefined()
  for (const key of photoKeys(photo)) expect(await t.storage.exists(MAIN_BUCKET, key)).toBe(false)
  expect(await t.db.$count(faces, eq(faces.photoId, photo.id))).toBe(0)
  expect(await t.db.$count(gonePhotos, and(eq(gonePhotos.eventId, from!.id), eq(gonePhotos.photoId, photo.id)))).toBe(1)
  const counts = await t.db.select({ id: events.id, count: events.photoCount }).from(events)
  expect(counts.find(row => row.id === from!.id)?.count).toBe(0)
  await nothingBegun()
  const [audit] = await t.db.select().from(auditEvents).orderBy(desc(auditEvents.position)).limit(1)
  expect(audit).toMatchObject({ action: 'photos.move', subject: `event:${from!.id}`, actorId: admin!.id })
})

test.each([0, 5, 10, 20, 40])('asked again after %i ms nothing is moved twice', async ms => {
  const photo = await stored()
  const again = delay(ms).then(() => move([photo.id]))
  const [first, second] = await Promise.all([move([photo.id, photo.id]), again])
  const answers = [first!.json(), second!.json()]
  expect(answers.flatMap(({ moved }) => moved)).toHaveLength(1)
  expect(answers.flatMap(({ left }) => left).map(({ why }: { why: string }) => why)).toEqual([
    expect.toSatisfy((why: unknown) => why === 'missing' || why === 'duplicate'),
  ])
  expect(await t.db.$count(photos, and(eq(photos.eventId, to!.id), eq(photos.sha256, photo.sha256)))).toBe(1)
  expect((await move([photo.id])).json()).toMatchObject({ moved: [], left: [{ id: photo.id, why: 'missing' }] })
  await nothingBegun()
})

test('what is bought, taken down or asked to be, there already, or of a stranger to the other event stays', async () => {
  const sold = await stored()
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [sold])
  expect(await whyLeft(sold)).toBe('sold')
  expect(await whyLeft(await stored({ approval: 'rejected', rejectReason: 'x', takenDownAt: new Date() }))).toBe(
    'taken_down',
  )
  const asked = await stored()
  await t.db.insert(takedowns).values({ id: t.deps.newId(), photoId: asked.id, openedAt: new Date() })
  expect(await whyLeft(asked)).toBe('asked_down')
  expect(await whyLeft(await t.photo(to!.id, nok!.id))).toBe('same_event')
  const twin = await stored()
  await t.photo(to!.id, nok!.id, { sha256: twin.sha256 })
  expect(await whyLeft(twin)).toBe('duplicate')
  const stranger = await t.user('photographer')
  expect(await whyLeft(await store(await t.photo(from!.id, stranger.id)))).toBe('not_in_crew')
  const bytesLost = await t.photo(from!.id, nok!.id)
  expect(await whyLeft(bytesLost)).toBe('no_original')
})

test('what was taken off the sale stays off it in the other event, with its reason', async () => {
  const decided = { rejectReason: 'blurred', decidedAt: new Date('2026-11-01T00:00:00Z'), decidedBy: admin!.id }
  const photo = await stored({ approval: 'rejected', ...decided })
  const [{ becameId }] = (await move([photo.id])).json().moved
  expect(await rowOf(becameId)).toMatchObject({ state: 'queued', approval: 'rejected', ...decided })
})

test('a photo on which somebody asked to be hidden stays, and so does every photo of an event in which faces were deleted', async () => {
  const event = await t.event()
  await t.invite(event.id, nok!.id)
  const { photo, faceId } = await photoWithFace(t, event.id, nok!.id)
  const other = await store(await t.photo(event.id, nok!.id))
  const asked = { eventId: event.id, locale: 'th', askedAt: new Date(), faceCount: 1 }
  const object = async (kind: 'hide' | 'delete') => {
    const id = t.deps.newId()
    await t.db.insert(objections).values({ id, searchId: t.deps.newId(), kind, ...asked })
    return id
  }
  const objectionId = await object('hide')
  await t.db.insert(hiddenFaces).values({ objectionId, eventId: event.id, faceId })
  expect(await whyLeft(await store(photo))).toBe('objected')
  const deleting = await object('delete')
  expect(await whyLeft(other)).toBe('objected')
  await t.db.update(objections).set({ endedAt: new Date(), endedWhy: 'withdrawn' }).where(eq(objections.id, deleting))
  expect((await move([other.id])).json().moved).toHaveLength(1)
})

test('an event that is deleted, or closed, while photos are moved into it gets none of them', async () => {
  for (const change of [{ removedAt: new Date() }, { status: 'closed' as const }]) {
    const target = await t.event()
    await t.invite(target.id, nok!.id)
    const photo = await stored()
    const { storage } = t.deps
    const put = storage.put.bind(storage)
    storage.put = async (...args) => {
      storage.put = put
      await t.db.update(events).set(change).where(eq(events.id, target.id))
      return put(...args)
    }
    const answer = await move([photo.id], admin!.headers, target.id)
    expect(answer.statusCode).toBe('status' in change ? 409 : 404)
    expect((await rowOf(photo.id))?.deletedAt).toBeNull()
    expect(await t.db.$count(photos, eq(photos.eventId, target.id))).toBe(0)
    await nothingBegun()
  }
})

test('an original whose photo was committed stays, also where the answer to that was lost', async () => {
  const photo = await stored()
  const key = originalKey(from!.id, photo.id, 'jpg')
  await dropOriginal(t.system, { photoId: photo.id, key })
  expect(await t.storage.exists(MAIN_BUCKET, key)).toBe(true)
})

test('of a photo that is ordered and moved at the same time either the order or the move holds, never both', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => stored()))
  await Promise.all(
    made.map(async photo => {
      const visitor = await t.visitor()
      const { headers } = visitor
      await t.app.inject({ method: 'POST', url: '/api/cart/items', headers, payload: { photoIds: [photo.id] } })
      const payload = { email: 'a@b.example', locale: 'th', expectedTotal: { amount: 6_000, currency: 'THB' } }
      const order = { ...headers, 'idempotency-key': t.deps.newId() }
      const [placed, answer] = await Promise.all([
        t.app.inject({ method: 'POST', url: '/api/orders', headers: order, payload }),
        move([photo.id]),
      ])
      const isOrdered = placed.statusCode === 201
      const { moved, left } = answer.json()
      expect([moved.length, left.length]).toEqual(isOrdered ? [0, 1] : [1, 0])
      expect((await rowOf(photo.id)) !== undefined).toBe(isOrdered)
    }),
  )
})

test('nobody moves photos into or out of another studio, or into an event that takes none', async () => {
  const photo = await stored()
  const { id: studioId } = await t.studio()
  const theirs = await t.event({ studioId })
  await t.invite(theirs.id, nok!.id)
  const owner = await t.member(studioId, 'owner')
  expect((await move([photo.id], owner.headers)).statusCode).toBe(404)
  expect((await move([photo.id], owner.headers, theirs.id)).json().left).toEqual([{ id: photo.id, why: 'missing' }])
  expect((await move([photo.id], admin!.headers, theirs.id)).json().left).toEqual([{ id: photo.id, why: 'missing' }])
  expect((await move([photo.id], nok!.headers)).statusCode).toBe(403)
  const closed = await t.event({ status: 'closed' })
  expect((await move([photo.id], admin!.headers, closed.id)).json().code).toBe('uploads_closed')
  expect((await rowOf(photo.id))?.deletedAt).toBeNull()
})

test('several are deleted at once: what was bought stays for its buyers, what is gone is said to be', async () => {
  const [plain, sold] = [await stored(), await stored()]
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [sold])
  const remove = (headers: object) =>
    t.app.inject({
      method: 'POST',
      url: '/api/photos/deletions',
      payload: { photoIds: [plain.id, sold.id, t.deps.newId()] },
      headers: { ...headers },
    })
  const stranger = await t.member((await t.studio()).id, 'owner')
  expect((await remove(stranger.headers)).json().missing).toHaveLength(3)
  const answer = (await remove(admin!.headers)).json()
  expect([answer.deleted, answer.offSale, answer.missing.length]).toEqual([[plain.id], [sold.id], 1])
  expect(await rowOf(plain.id)).toBeUndefined()
  expect(await rowOf(sold.id)).toMatchObject({ approval: 'rejected', deletedAt: null, bytesGoneAt: null })
  expect(await t.storage.exists(MAIN_BUCKET, originalKey(from!.id, sold.id, 'jpg'))).toBe(true)
})

test('an original that staff save is written into the audit; one that they look at is not', async () => {
  const photo = await stored()
  const open = (query = '') => t.app.inject({ url: `/api/photos/${photo.id}/file${query}`, headers: admin!.headers })
  const isSaved = eq(auditEvents.action, 'photos.download')
  expect((await open()).statusCode).toBe(200)
  expect(await t.db.$count(auditEvents, isSaved)).toBe(0)
  expect((await open('?save=yes')).body).toBe(originalKey(from!.id, photo.id, 'jpg'))
  expect(await t.db.$count(auditEvents, isSaved)).toBe(1)
})
