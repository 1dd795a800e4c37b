import { auditEvents } from '@pix/db/schema/audit.ts'
import { cartItems } from '@pix/db/schema/cart.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { photoKeys } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { finishDeletions } from './delete-photo.ts'

type Headers = Record<string, string>

let t: TestApp
let event: Awaited<ReturnType<TestApp['event']>>
let anna: Awaited<ReturnType<TestApp['user']>>
beforeAll(async () => {
  t = await testApp({ settings: { LIMIT_REQUESTS_PER_MINUTE: '10000' } })
  event = await t.event()
  anna = await t.user('photographer')
  await t.invite(event.id, anna.id)
})
afterAll(() => t[Symbol.asyncDispose]())

const remove = (id: string, headers: Headers) => t.app.inject({ method: 'DELETE', url: `/api/photos/${id}`, headers })
const answered = async (id: string, headers: Headers) => {
  const answer = await remove(id, headers)
  return [answer.statusCode, answer.json().outcome ?? answer.json().code]
}
const rowOf = async (id: string) => (await t.db.select().from(photos).where(eq(photos.id, id)))[0]
const objectsOf = (photo: { id: string; eventId: string; format: string }) =>
  Promise.all(photoKeys(photo).map(key => t.storage.exists(MAIN_BUCKET, key)))

/** A photo with an original and pictures in storage. */
async function stored(more: Parameters<TestApp['photo']>[2] = {}) {
  const photo = await t.photo(event.id, anna.id, more)
  for (const key of photoKeys(photo))
    await t.storage.put(MAIN_BUCKET, key, Buffer.from(key), { contentType: 'image/jpeg' })
  return photo
}

async function inCart(photoIds: readonly string[]) {
  const visitor = await t.visitor()
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/cart/items',
    headers: visitor.headers,
    payload: { photoIds },
  })
  expect(answer.statusCode).toBe(200)
  return visitor
}
const place = ({ headers }: { headers: Headers }, photoCount = 1) =>
  t.app.inject({
    method: 'POST',
    url: '/api/orders',
    headers: { ...headers, 'idempotency-key': t.deps.newId() },
    payload: { email: 'a@b.example', locale: 'th', expectedTotal: { amount: 6_000 * photoCount, currency: 'THB' } },
  })

test('a photographer deletes what nobody bought: its row, objects, faces and places in carts are gone, and the audit says so', async () => {
  const photo = await stored({ faceCount: 1 })
  await inCart([photo.id])
  expect((await objectsOf(photo)).every(Boolean)).toBe(true)
  expect(await answered(photo.id, anna.headers)).toEqual([200, 'deleted'])
  expect(await rowOf(photo.id)).toBeUndefined()
  expect((await objectsOf(photo)).some(Boolean)).toBe(false)
  expect(await t.db.$count(cartItems, eq(cartItems.photoId, photo.id))).toBe(0)
  expect(await t.db.$count(faces, eq(faces.photoId, photo.id))).toBe(0)
  expect(await answered(photo.id, anna.headers)).toEqual([404, 'not_found'])
  const lines = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'photos.delete'))
  expect(lines.at(-1)).toMatchObject({ actorId: anna.id, after: { outcome: 'deleted' }, detail: { photo: photo.id } })
})

test('photos of others answer 404 to everybody and stay', async () => {
  const photo = await t.photo(event.id, anna.id)
  const [another, stranger] = [await t.user('photographer'), await t.user('customer')]
  await t.invite(event.id, another.id)
  expect(await answered(photo.id, another.headers)).toEqual([404, 'not_found'])
  expect(await answered(photo.id, stranger.headers)).toEqual([403, 'forbidden'])
  const elsewhere = await t.member((await t.studio()).id, 'manager')
  expect(await answered(photo.id, elsewhere.headers)).toEqual([404, 'not_found'])
  expect(await rowOf(photo.id)).toMatchObject({ approval: 'approved', deletedAt: null })
})

test('a sold photo is not its photographer’s to delete; who manages the event takes it off the sale, and its buyer keeps it', async () => {
  const photo = await stored()
  const buyer = await t.visitor()
  await addPaidOrder(t.db, buyer.sessionId, [photo])
  expect(await answered(photo.id, anna.headers)).toEqual([409, 'photo_sold'])
  const admin = await t.user('admin')
  expect(await answered(photo.id, admin.headers)).toEqual([200, 'off_sale'])
  expect(await rowOf(photo.id)).toMatchObject({ approval: 'rejected', deletedAt: null, bytesGoneAt: null })
  const original = await t.app.inject({ url: `/api/photos/${photo.id}/original`, headers: buyer.headers })
  expect(original.statusCode).toBe(302)
  expect((await t.app.inject({ url: `/api/photos/${photo.id}` })).statusCode).toBe(404)
  await finishDeletions(t.system)
  expect((await objectsOf(photo)).every(Boolean)).toBe(true)
})

test('while an order waits for its money the photo stays; of an order that ended the row stays, and the objects go', async () => {
  const photo = await stored()
  const visitor = await inCart([photo.id])
  expect((await place(visitor)).statusCode).toBe(201)
  expect(await answered(photo.id, anna.headers)).toEqual([409, 'photo_sold'])
  const [line] = await t.db.select().from(orderLines).where(eq(orderLines.photoId, photo.id))
  await t.db.update(orders).set({ status: 'expired' }).where(eq(orders.id, line!.orderId))
  expect(await answered(photo.id, anna.headers)).toEqual([200, 'deleted'])
  expect((await rowOf(photo.id))!.bytesGoneAt).not.toBeNull()
  expect(await answered(photo.id, anna.headers)).toEqual([404, 'not_found'])
  const again = await t.photo(event.id, anna.id, { sha256: photo.sha256 })
  expect(await rowOf(again.id)).toMatchObject({ deletedAt: null })
  expect((await objectsOf(photo)).some(Boolean)).toBe(false)
})

test('a deletion that was killed after its commit is finished by the sweep', async () => {
  const photo = await stored()
  await t.db
    .update(photos)
    .set({ approval: 'rejected', rejectReason: '-', takenDownAt: t.deps.now(), deletedAt: t.deps.now() })
    .where(eq(photos.id, photo.id))
  const shown = await t.app.inject({ url: `/api/events/${event.id}/photos/crew?limit=100`, headers: anna.headers })
  expect(shown.json().items.map(({ id }: { id: string }) => id)).not.toContain(photo.id)
  await finishDeletions(t.system)
  expect(await rowOf(photo.id)).toBeUndefined()
  expect((await objectsOf(photo)).some(Boolean)).toBe(false)
})

test('of a photo that is ordered and deleted at the same time either the order or the deletion holds, never both', async () => {
  const made = await Promise.all(Array.from({ length: 12 }, async () => t.photo(event.id, anna.id)))
  const ended = await Promise.all(
    made.map(async photo => {
      const visitor = await inCart([photo.id])
      const [placed, removed] = await Promise.all([place(visitor), remove(photo.id, anna.headers)])
      return [placed.statusCode, removed.statusCode]
    }),
  )
  for (const one of ended) expect(['201 409', '409 200']).toContain(one.join(' '))
  const ids = made.map(({ id }) => id)
  const kept = await t.db
    .select({ id: photos.id })
    .from(photos)
    .where(and(inArray(photos.id, ids), eq(photos.approval, 'approved')))
  expect(kept.length).toBe(ended.filter(([placed]) => placed === 201).length)
})
