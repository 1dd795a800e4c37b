import { orderArchives, orders } from '@pix/db/schema/orders.ts'
import { originalKey, zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { expect, test } from 'vitest'
import { shopWithCart } from './order-testing.ts'
import { fulfilLeftOver } from './fulfil-order.ts'

const DAY_MS = 86_400_000

/** Two photos of one name, bought for nothing, with the bytes of their originals in storage. */
async function bought() {
  const t = await shopWithCart(2, { price: 0 })
  for (const id of t.photoIds)
    await t.storage.put(MAIN_BUCKET, originalKey(t.eventId, id, 'jpg'), Buffer.from(id), { contentType: 'image/jpeg' })
  const order = (await t.order(0)).json()
  return Object.assign(t, { orderId: order.id as string, number: order.number as string })
}

test('every original comes by a link of its own, under the photographer’s name, same names numbered', async () => {
  await using t = await bought()
  const downloads = (await t.get(`/api/orders/${t.orderId}/download`)).json()
  expect(downloads.photos.map((one: { fileName: string }) => one.fileName)).toEqual(['IMG_1.jpg', 'IMG_1 (2).jpg'])
  expect(downloads.archive).toEqual({ state: 'queued', progress: 0, bytes: null, url: null })
  const days = (Date.parse(downloads.until) - t.deps.now().getTime()) / DAY_MS
  expect(days).toBeGreaterThan(29.9)
  for (const { photo, url } of downloads.photos) expect(url).toContain(originalKey(t.eventId, photo.id, 'jpg'))
})

test('a bought photo’s original is a redirect for its buyer and does not exist for anybody else', async () => {
  await using t = await bought()
  const url = `/api/photos/${t.photoIds[0]}/original`
  const answer = await t.get(url)
  expect(answer.statusCode).toBe(302)
  expect(answer.headers.location).toContain(t.photoIds[0])
  expect(answer.headers['cache-control']).toBe('no-store')
  const other = await t.visitor()
  expect((await t.get(url, other)).statusCode).toBe(404)
  expect((await t.get(`/api/orders/${t.orderId}/download`, other)).statusCode).toBe(404)
  expect((await t.post(`/api/orders/${t.orderId}/redownload`, {}, 'k', other)).statusCode).toBe(404)
})

test('an unpaid order downloads nothing: neither originals nor ZIP', async () => {
  await using t = await shopWithCart(1)
  const { id } = (await t.order(6_000)).json()
  expect((await t.get(`/api/orders/${id}/download`)).statusCode).toBe(404)
  expect((await t.post(`/api/orders/${id}/redownload`, {})).statusCode).toBe(404)
  expect((await t.get(`/api/photos/${t.photoIds[0]}/original`)).statusCode).toBe(404)
})

test('downloads end after 30 days', async () => {
  await using t = await bought()
  t.forward(30 * DAY_MS - 60_000)
  expect((await t.get(`/api/orders/${t.orderId}/download`)).statusCode).toBe(200)
  t.forward(120_000)
  expect((await t.get(`/api/orders/${t.orderId}/download`)).statusCode).toBe(404)
  expect((await t.get(`/api/photos/${t.photoIds[0]}/original`)).statusCode).toBe(404)
})

test('a ZIP that is ready has a link; one that failed or went is built again when asked for, one on its way is not', async () => {
  await using t = await bought()
  const set = (change: Partial<typeof orderArchives.$inferInsert>) => t.db.update(orderArchives).set(change)
  const archive = async () => (await t.get(`/api/orders/${t.orderId}/download`)).json().archive
  const again = async () => (await t.post(`/api/orders/${t.orderId}/redownload`, {})).json().archive.state as string

  await set({ state: 'building', progress: 0.5 })
  expect(await again()).toBe('building')
  await set({ state: 'ready', progress: 1, bytes: 9, expiresAt: new Date(t.deps.now().getTime() + DAY_MS) })
  const ready = await archive()
  expect(ready).toMatchObject({ state: 'ready', bytes: 9 })
  expect(ready.url).toContain(zipKey(t.eventId, t.orderId))
  expect(await again()).toBe('ready')

  t.forward(DAY_MS + 1_000)
  expect(await archive()).toMatchObject({ state: 'expired', url: null })
  expect(await again()).toBe('queued')
  await set({ state: 'failed', attempts: 3 })
  expect(await again()).toBe('queued')
  expect(await t.db.select().from(orderArchives)).toMatchObject([{ attempts: 0, progress: 0, bytes: null }])
})

test('an order whose fulfilment died with its process is fulfilled by the sweep', async () => {
  await using t = await bought()
  await t.db.update(orders).set({ status: 'paid', fulfilledAt: null })
  t.forward(10_000)
  await fulfilLeftOver(t.deps)
  expect((await t.get(`/api/orders/${t.orderId}`)).json().status).toBe('fulfilled')
})
