import type { Downloads, Order } from '@pix/contracts/orders.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orderArchives, orderLines, orders } from '@pix/db/schema/orders.ts'
import { originalKey, zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fsStorage } from '@pix/platform/storage-fs.ts'
import { TEST_SIGNING_KEY } from '@pix/platform/storage-testing.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { closeEntitlements } from '../../catalogue/entitlements/index.ts'
import { bought, sellOnlySingles, shopWithCart } from './order-testing.ts'
import { fulfilLeftOver } from './fulfil-order.ts'

const DAY_MS = 86_400_000

async function folderStorage() {
  const root = await mkdtemp(join(tmpdir(), 'pix-objects-'))
  const clock = { now: () => new Date() }
  const signing = { publicUrl: 'http://objects.test', signingKey: TEST_SIGNING_KEY, now: () => clock.now() }
  const storage = fsStorage({ root, ...signing })
  await storage.prepare()
  return { storage, clock, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) }
}

test('every original comes by a link of its own, under the photographer’s name, same names numbered', async () => {
  await using t = await bought()
  const downloads = (await t.get(`/api/orders/${t.orderId}/download`)).json()
  const [part] = downloads.events
  expect(part.photos.map((one: { fileName: string }) => one.fileName)).toEqual(['IMG_1.jpg', 'IMG_1 (2).jpg'])
  expect(part.archive).toEqual({ state: 'queued', progress: 0, bytes: null, url: null })
  const days = (Date.parse(downloads.until) - t.deps.now().getTime()) / DAY_MS
  expect(days).toBeGreaterThan(29.9)
  for (const { photo, fileName, url } of part.photos) {
    const answer = await t.get(url)
    expect(answer.statusCode).toBe(302)
    expect(answer.headers.location).toContain(originalKey(t.eventId, photo.id, 'jpg'))
    expect(decodeURIComponent(decodeURIComponent(String(answer.headers.location)))).toContain(fileName)
  }
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
  const { id, events } = (await t.order(6_000)).json<Order>()
  expect(events[0]!.photos.map(({ bought }) => bought)).toEqual([false])
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
  const archive = async () => (await t.get(`/api/orders/${t.orderId}/download`)).json().events[0].archive
  const again = async () =>
    (await t.post(`/api/orders/${t.orderId}/redownload`, {})).json().events[0].archive.state as string

  await set({ state: 'building', progress: 0.5 })
  expect(await again()).toBe('building')
  await set({ state: 'ready', progress: 1, bytes: 9, expiresAt: new Date(t.deps.now().getTime() + DAY_MS) })
  const ready = await archive()
  expect(ready).toMatchObject({ state: 'ready', bytes: 9 })
  expect((await t.get(ready.url)).headers.location).toContain(zipKey(t.eventId, t.orderId))
  expect(await again()).toBe('ready')

  t.forward(DAY_MS + 1_000)
  expect(await archive()).toMatchObject({ state: 'expired', url: null })
  expect((await t.get(ready.url)).headers.location).toBe(`/checkout/success/${t.orderId}`)
  expect(await again()).toBe('queued')
  await set({ state: 'failed', attempts: 3 })
  expect(await again()).toBe('queued')
  expect(await t.db.select().from(orderArchives)).toMatchObject([{ attempts: 0, progress: 0, bytes: null }])
})

test('each event of an order has its photos and a ZIP of its own; names are numbered within an event', async () => {
  await using t = await shopWithCart(1, { price: 0 })
  const other = await t.event()
  await sellOnlySingles(t, other.id, 0)
  const photo = await t.photo(other.id, t.photographerId, { fileName: 'IMG_1.jpg' })
  await t.post('/api/cart/items', { photoIds: [photo.id] })
  const { id } = (await t.order(0)).json<Order>()
  const { events } = (await t.get(`/api/orders/${id}/download`)).json<Downloads>()
  expect(events.map(part => part.event.id)).toEqual([t.eventId, other.id])
  expect(events.map(part => part.photos.map(one => one.fileName))).toEqual([['IMG_1.jpg'], ['IMG_1.jpg']])

  const expiresAt = new Date(t.deps.now().getTime() + DAY_MS)
  await t.db.update(orderArchives).set({ state: 'ready', bytes: 9, expiresAt })
  for (const eventId of [t.eventId, other.id]) {
    const answer = await t.get(`/api/orders/${id}/archives/${eventId}`)
    expect(answer.headers.location).toContain(zipKey(eventId, id))
  }
  expect((await t.get(`/api/orders/${id}/archives/${t.deps.newId()}`)).statusCode).toBe(404)
  expect((await t.get(`/api/orders/${id}/archives/${other.id}`, await t.visitor())).statusCode).toBe(404)

  // Only the ZIP that is over is built again.
  await t.db.update(orderArchives).set({ state: 'expired' }).where(eq(orderArchives.eventId, other.id))
  const again = (await t.post(`/api/orders/${id}/redownload`, {})).json<Downloads>()
  expect(again.events.map(part => part.archive.state)).toEqual(['ready', 'queued'])
})

test('what is taken back cannot be downloaded any more, nor by a ZIP from before; the rest can, and it is sold again', async () => {
  await using t = await bought()
  const had = async () => {
    const [order] = (await t.get('/api/orders')).json<{ items: Order[] }>().items
    return order!.events[0]!.photos.map(photo => [photo.id, photo.bought])
  }
  expect(await had()).toEqual(t.photoIds.map(id => [id, true]))
  const expiresAt = new Date(t.deps.now().getTime() + DAY_MS)
  await t.db.update(orderArchives).set({ state: 'ready', bytes: 9, expiresAt })
  const [line] = await t.db.select().from(orderLines).where(eq(orderLines.photoId, t.photoIds[0]!))
  t.forward(1_000)
  await t.db.transaction(tx => closeEntitlements(t.deps, tx, { lineIds: [line!.id] }, 'refund'))

  expect(await had()).toEqual([
    [t.photoIds[0], false],
    [t.photoIds[1], true],
  ])
  const [part] = (await t.get(`/api/orders/${t.orderId}/download`)).json<Downloads>().events
  expect(part).toMatchObject({ photos: [{ photo: { id: t.photoIds[1] } }], archive: { state: 'expired' } })
  expect((await t.get(`/api/photos/${t.photoIds[0]}/original`)).statusCode).toBe(404)
  expect((await t.get(`/api/photos/${t.photoIds[1]}/original`)).statusCode).toBe(302)
  const zip = await t.get(`/api/orders/${t.orderId}/archives/${t.eventId}`)
  expect(zip.headers.location).toBe(`/checkout/success/${t.orderId}`)
  expect((await t.post('/api/cart/items', { photoIds: [t.photoIds[0]!] })).statusCode).toBe(200)
  expect((await t.post('/api/cart/items', { photoIds: [t.photoIds[1]!] })).statusCode).toBe(409)

  await t.db.transaction(tx => closeEntitlements(t.deps, tx, { photoIds: t.photoIds }, 'takedown'))
  expect((await t.get(`/api/orders/${t.orderId}/download`)).statusCode).toBe(404)
  expect(await had()).toEqual(t.photoIds.map(id => [id, false]))
  const rows = await t.db.select().from(entitlements)
  expect(rows.map(row => row.closedWhy).toSorted()).toEqual(['refund', 'takedown'])
})

test('an order whose fulfilment died with its process is fulfilled by the sweep', async () => {
  await using t = await bought()
  await t.db.update(orders).set({ status: 'paid', fulfilledAt: null })
  t.forward(10_000)
  await fulfilLeftOver(t.deps)
  expect((await t.get(`/api/orders/${t.orderId}`)).json().status).toBe('fulfilled')
})

test.each(['s3', 'folder'])(
  'a ZIP is had from a page that was open for hours, and one that broke off goes on hours later: %s',
  async driver => {
    await using folder = driver === 'folder' ? await folderStorage() : null
    await using t = await bought(folder ? { storage: folder.storage } : {})
    if (folder) folder.clock.now = t.deps.now
    const zip = randomBytes(3_000_000)
    const put = () => t.storage.put(MAIN_BUCKET, zipKey(t.eventId, t.orderId), zip, { contentType: 'application/zip' })
    await put()
    const expiresAt = new Date(t.deps.now().getTime() + 7 * DAY_MS)
    await t.db.update(orderArchives).set({ state: 'ready', progress: 1, bytes: zip.length, expiresAt })
    const { archive } = (await t.get(`/api/orders/${t.orderId}/download`)).json().events[0]
    const origin = folder ? await t.listen() : ''
    const follow = async (headers: Record<string, string> = {}) => {
      const pressed = await t.get(archive.url)
      expect([pressed.statusCode, pressed.headers['cache-control']]).toEqual([302, 'no-store'])
      const link = String(pressed.headers.location).replace('http://objects.test', origin)
      return { link, answer: await fetch(link, { headers }) }
    }

    t.forward(3 * 3_600_000)
    const { link, answer } = await follow()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain(`${t.number}.zip`)
    expect(Buffer.from(await answer.arrayBuffer()).equals(zip)).toBe(true)
    const etag = answer.headers.get('etag')!
    expect(etag).toMatch(/^"/)

    // A browser goes on at the link it was led to, or at our route.
    t.forward(11 * 3_600_000)
    const rest = { range: 'bytes=1000000-', 'if-range': etag }
    for (const resumed of [await fetch(link, { headers: rest }), (await follow(rest)).answer]) {
      expect([resumed.status, resumed.headers.get('content-range')]).toEqual([206, 'bytes 1000000-2999999/3000000'])
      expect(Buffer.from(await resumed.arrayBuffer()).equals(zip.subarray(1_000_000))).toBe(true)
    }
    expect((await t.get(archive.url, await t.visitor())).statusCode).toBe(404)
  },
)

test('a part of a ZIP that was built again meanwhile is answered with the whole: the folder', async () => {
  await using folder = await folderStorage()
  await using t = await bought({ storage: folder.storage })
  const key = zipKey(t.eventId, t.orderId)
  await t.storage.put(MAIN_BUCKET, key, randomBytes(1_000), { contentType: 'application/zip' })
  const link = (await t.storage.signedGetUrl(MAIN_BUCKET, key, { expiresSeconds: 60 })).replace(
    'http://objects.test',
    '',
  )
  const { etag, 'last-modified': date } = (await t.app.inject({ url: link })).headers
  const part = (ifRange: unknown) =>
    t.app.inject({ url: link, headers: { range: 'bytes=10-19', 'if-range': String(ifRange) } })
  expect([(await part(etag)).statusCode, (await part(date)).statusCode]).toEqual([206, 206])
  await t.storage.put(MAIN_BUCKET, key, randomBytes(1_001), { contentType: 'application/zip' })
  const other = await part(etag)
  expect([other.statusCode, other.rawPayload.length]).toEqual([200, 1_001])
})

test.each(['s3', 'folder'])(
  'the link of a photo lives an hour, that of a ZIP twelve, and none outlives the download window of its order: %s',
  async driver => {
    await using folder = driver === 'folder' ? await folderStorage() : null
    await using t = await bought(folder ? { storage: folder.storage } : {})
    if (folder) folder.clock.now = t.deps.now
    t.hold()
    const [photo] = (await t.get(`/api/orders/${t.orderId}/download`)).json().events[0].photos
    await t.storage.put(MAIN_BUCKET, zipKey(t.eventId, t.orderId), randomBytes(9), { contentType: 'application/zip' })
    const paths = [`/api/orders/${t.orderId}/archives/${t.eventId}`, photo.url]
    for (const [open, ...longest] of [
      [86_400, 43_200, 3_600],
      [1_800, 1_800, 1_800],
    ] as const) {
      const until = new Date(t.deps.now().getTime() + open * 1_000)
      await t.db.update(orderArchives).set({ state: 'ready', progress: 1, bytes: 9, expiresAt: until })
      await t.db.update(entitlements).set({ until })
      for (const [at, path] of paths.entries()) {
        const { searchParams } = new URL(String((await t.get(path)).headers.location))
        const lives = Number(
          searchParams.get('X-Amz-Expires') ?? Number(searchParams.get('expires')) - t.deps.now().getTime() / 1_000,
        )
        expect(lives).toBeGreaterThan(longest[at]! - 10)
        expect(lives).toBeLessThanOrEqual(longest[at]!)
      }
    }
    const link = String((await t.get(`/api/orders/${t.orderId}/archives/${t.eventId}`)).headers.location)
    t.forward(1_800_000)
    expect((await t.get(`/api/orders/${t.orderId}/archives/${t.eventId}`)).statusCode).toBe(404)
    // An S3 server goes by its own clock.
    const followed = folder && (await t.app.inject({ url: link.replace('http://objects.test', '') })).statusCode
    expect(followed ?? 404).toBe(404)
  },
)
