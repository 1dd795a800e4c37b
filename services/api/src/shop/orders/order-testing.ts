import { events } from '@pix/db/schema/events.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { type TestApp, type TestAppOptions, testApp } from '../../testing/test-app.ts'

/** The app with one event on sale and a visitor whose cart is full, by the visitor's own requests. */
export async function shopWithCart(count: number, { price, ...options }: { price?: number } & TestAppOptions = {}) {
  const t = await testApp(options)
  const event = await t.event()
  const photographer = await t.user('photographer')
  if (price !== undefined) await sellOnlySingles(t, event.id, price)
  const photoIds: string[] = []
  for (let i = 0; i < count; i += 1)
    photoIds.push((await t.photo(event.id, photographer.id, { fileName: 'IMG_1.jpg' })).id)
  const buyer = await t.visitor()

  type Visitor = typeof buyer
  const get = (url: string, who: Visitor = buyer) => t.app.inject({ url, headers: who.headers })
  const post = (url: string, payload: object, key: string = t.deps.newId(), who: Visitor = buyer) =>
    t.app.inject({ method: 'POST', url, payload, headers: { ...who.headers, 'idempotency-key': key } })
  const order = (total: number, key?: string) =>
    post('/api/orders', { email: 'a@b.example', locale: 'th', expectedTotal: { amount: total, currency: 'THB' } }, key)
  await post('/api/cart/items', { photoIds })
  return Object.assign(t, { eventId: event.id, photographerId: photographer.id, buyer, photoIds, get, post, order })
}

/** An event's only package: a photo for so many satang. */
export async function sellOnlySingles(t: TestApp, eventId: string, price: number): Promise<void> {
  const [event] = await t.db.select().from(events).where(eq(events.id, eventId))
  await t.db.insert(packages).values({
    id: t.deps.newId(),
    studioId: event!.studioId,
    eventId,
    kind: 'single',
    nameTh: 'รูปเดียว',
    nameEn: 'Single',
    photoCount: 1,
    price,
  })
}

/** Two photos of one name, bought for nothing, with the bytes of their originals in storage. */
export async function bought(options: TestAppOptions = {}) {
  const t = await shopWithCart(2, { price: 0, ...options })
  for (const id of t.photoIds)
    await t.storage.put(MAIN_BUCKET, originalKey(t.eventId, id, 'jpg'), Buffer.from(id), { contentType: 'image/jpeg' })
  const order = (await t.order(0)).json()
  return Object.assign(t, { orderId: order.id as string, number: order.number as string })
}
