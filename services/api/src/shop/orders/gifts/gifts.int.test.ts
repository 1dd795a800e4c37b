import type { Gift, MadeGift, OpenedGift } from '@pix/contracts/gifts.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { giftPhotos, gifts } from '@pix/db/schema/gifts.ts'
import { entitlements, orderAccess } from '@pix/db/schema/entitlements.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { GIFT_DAYS, MOST_GIFT_DOWNLOADS, MOST_GIFTS } from '@pix/domain/gifts.ts'
import { boughtJpegKey, boughtPreviewKey, originalKey } from '@pix/platform/storage-keys.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { closeEntitlements } from '../../../catalogue/entitlements/index.ts'
import { shopWithCart } from '../order-testing.ts'

const DAY_MS = 86_400_000
const NONE = { statusCode: 404 }

/** Two photos that a visitor has bought, and how they are given on. */
async function bought() {
  const t = await shopWithCart(2, { price: 0 })
  const { id: orderId, number } = (await t.order(0)).json<{ id: string; number: string }>()
  await t.db.update(boughtPreviews).set({ state: 'ready' })
  /** As the receiver: a browser without any cookie. */
  const send = (url: string, payload: object) => t.app.inject({ method: 'POST', url, payload })
  const give = (more: object = {}, who = t.buyer) =>
    t.post(`/api/orders/${orderId}/gifts`, { photoIds: t.photoIds, ...more }, undefined, who)
  const make = async (more: object = {}) => {
    const made = (await give(more)).json<MadeGift>()
    return { ...made, token: new URL(made.link).hash.slice(1) }
  }
  return Object.assign(t, {
    orderId,
    number,
    give,
    make,
    look: (token: string) => send('/api/gifts/look', { token }),
    download: (token: string, photoId: string, size = 'original') =>
      send('/api/gifts/download', { token, photoId, size }),
    list: async () => (await t.get(`/api/orders/${orderId}/gifts`)).json<{ items: Gift[] }>().items,
    withdraw: (id: string, who = t.buyer) =>
      t.app.inject({ method: 'DELETE', url: `/api/gifts/${id}`, headers: who.headers }),
  })
}

const photosOf = (opened: OpenedGift) => opened.events.flatMap(({ photos }) => photos)

test('who has the link sees the photos without watermark and downloads both sizes, and learns nothing of the buyer', async () => {
  await using t = await bought()
  const { token, gift, qr } = await t.make({ giver: 'Nok', note: 'Look at us!' })
  expect([token.length, qr.startsWith('<svg')]).toEqual([43, true])
  expect(gift).toMatchObject({ photos: 2, giver: 'Nok', note: 'Look at us!', downloads: 0 })
  const answer = await t.look(token)
  expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store'])
  for (const hidden of [t.number, t.orderId, 'a@b.example']) expect(answer.body).not.toContain(hidden)
  const opened = answer.json<OpenedGift>()
  expect(opened).toMatchObject({ giver: 'Nok', note: 'Look at us!', until: gift.expiresAt })
  for (const { id, picture } of photosOf(opened)) expect(picture).toContain(boughtPreviewKey(t.eventId, id))
  expect(photosOf(opened).map(({ fileName }) => fileName)).toEqual(['IMG_1.jpg', 'IMG_1 (2).jpg'])

  // A JPEG to pass on is made of a photo that is larger than it.
  const { id } = photosOf(opened)[1]!
  const resize = async (width: number, height: number) =>
    t.db.update(photos).set({ width, height }).where(eq(photos.id, id))
  await resize(1_800, 1_200)
  expect((await t.download(token, id, 'share')).statusCode).toBe(404)
  await resize(6_000, 4_000)
  const original = (await t.download(token, id)).json<{ url: string }>()
  expect(original.url).toContain(originalKey(t.eventId, id, 'jpg'))
  expect(decodeURIComponent(decodeURIComponent(original.url))).toContain('IMG_1 (2).jpg')
  const share = (await t.download(token, id, 'share')).json<{ url: string }>()
  expect(share.url).toContain(boughtJpegKey(t.eventId, 'share', id))
  expect(await t.list()).toMatchObject([{ id: gift.id, downloads: 2 }])
})

test('the database keeps no token, and looking at a gift writes nothing: no visit, no sale, no download', async () => {
  await using t = await bought()
  const { token } = await t.make()
  const rows = async () => [
    await t.db.select().from(gifts),
    await t.db.select().from(giftPhotos),
    await t.db.$count(sessions),
    await t.db.$count(orders),
    await t.db.$count(entitlements),
    await t.db.select().from(eventHours),
  ]
  const before = await rows()
  expect(JSON.stringify(before)).not.toContain(token)
  expect((await t.look(token)).statusCode).toBe(200)
  expect((await t.look(token)).statusCode).toBe(200)
  expect(await rows()).toEqual(before)
})

test('a photo of a gift goes with its refund and its takedown, and the link ends with its last photo', async () => {
  await using t = await bought()
  const { token, gift } = await t.make()
  const [refunded, takenDown] = t.photoIds as [string, string]
  const [line] = await t.db.select().from(entitlements).where(eq(entitlements.photoId, refunded))
  await t.db.transaction(tx => closeEntitlements(t.deps, tx, { lineIds: [line!.lineId] }, 'refund'))
  expect(photosOf((await t.look(token)).json())).toMatchObject([{ id: takenDown }])
  expect(await t.download(token, refunded)).toMatchObject(NONE)
  expect((await t.download(token, takenDown)).statusCode).toBe(200)
  expect(await t.list()).toMatchObject([{ id: gift.id, photos: 1 }])
  // A photo that is not the buyer's any more is not theirs to give.
  expect(await t.give()).toMatchObject(NONE)

  await t.db.transaction(tx => closeEntitlements(t.deps, tx, { photoIds: [takenDown] }, 'takedown'))
  expect(await t.look(token)).toMatchObject(NONE)
  expect(await t.download(token, takenDown)).toMatchObject(NONE)
})

test('a link that was withdrawn opens nothing, and only the buyer withdraws it', async () => {
  await using t = await bought()
  const { token, gift } = await t.make()
  const other = await t.visitor()
  expect(await t.withdraw(gift.id, other)).toMatchObject(NONE)
  expect(await t.give({}, other)).toMatchObject(NONE)
  expect(await t.get(`/api/orders/${t.orderId}/gifts`, other)).toMatchObject(NONE)
  expect((await t.look(token)).statusCode).toBe(200)
  expect((await t.withdraw(gift.id)).statusCode).toBe(204)
  const after = [await t.look(token), await t.download(token, t.photoIds[0]!), await t.withdraw(gift.id)]
  expect(after.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404])
  expect(await t.list()).toEqual([])
})

test('a link ends after 30 days, or with the downloads of its photos where that is earlier', async () => {
  await using t = await bought()
  t.forward(DAY_MS)
  const { token, gift } = await t.make()
  const [one] = await t.db.select().from(entitlements)
  const { until } = one!
  expect(gift.expiresAt).toBe(until.toISOString())
  await t.db.update(entitlements).set({ until: new Date(until.getTime() + 60 * DAY_MS) })
  const longer = await t.make()
  expect(Date.parse(longer.gift.expiresAt)).toBe(Date.parse(longer.gift.createdAt) + GIFT_DAYS * DAY_MS)
  t.forward(29 * DAY_MS + 1_000)
  expect(await t.look(token)).toMatchObject(NONE)
  expect(await t.download(token, t.photoIds[0]!)).toMatchObject(NONE)
  expect((await t.look(longer.token)).statusCode).toBe(200)
  expect(await t.list()).toMatchObject([{ id: longer.gift.id }])
  t.forward(DAY_MS)
  expect(await t.look(longer.token)).toMatchObject(NONE)
})

test('an order has ten open links and no eleventh, also when two ask at once; an ended or withdrawn one makes room', async () => {
  await using t = await bought()
  const first = await t.make()
  for (let made = 2; made < MOST_GIFTS; made += 1) await t.make()
  const both = await Promise.all([t.give(), t.give()])
  expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409])
  expect(await t.list()).toHaveLength(MOST_GIFTS)
  expect((await t.withdraw(first.gift.id)).statusCode).toBe(204)
  expect((await t.give()).statusCode).toBe(201)
  await t.db.update(gifts).set({ createdAt: new Date(0), expiresAt: new Date(1) })
  expect((await t.give()).statusCode).toBe(201)
  expect(await t.list()).toHaveLength(1)
})

test('a link downloads a photo twenty times and no more, also when two ask for the last one at once', async () => {
  await using t = await bought()
  const { token } = await t.make()
  await t.db.update(giftPhotos).set({ downloads: MOST_GIFT_DOWNLOADS - 1 })
  const [photoId, other] = t.photoIds as [string, string]
  const both = await Promise.all([t.download(token, photoId), t.download(token, photoId, 'share')])
  expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 410])
  const left = photosOf((await t.look(token)).json()).map(({ id, downloadsLeft }) => [id, downloadsLeft])
  expect(Object.fromEntries(left)).toEqual({ [photoId]: 0, [other]: 1 })
  expect((await t.download(token, other)).statusCode).toBe(200)
})

test('photos of an unpaid or another order, and photos that were not bought, are not given', async () => {
  await using t = await bought()
  const unsold = await t.photo(t.eventId, t.photographerId)
  expect(await t.give({ photoIds: [unsold.id] })).toMatchObject(NONE)
  expect(await t.give({ photoIds: [t.photoIds[0], unsold.id] })).toMatchObject(NONE)
  expect(await t.post(`/api/orders/${t.deps.newId()}/gifts`, { photoIds: t.photoIds })).toMatchObject(NONE)
  expect(await t.look('no-such-token-that-was-ever-made')).toMatchObject(NONE)
  const { token } = await t.make({ photoIds: [t.photoIds[0]] })
  expect(await t.download(token, t.photoIds[1]!)).toMatchObject(NONE)
})

test('giving photos in a browser that opened the order by its code settles the e-mail, as a download does', async () => {
  await using t = await bought()
  const elsewhere = await t.visitor()
  const until = new Date(t.deps.now().getTime() + DAY_MS)
  const { orderId } = t
  await t.db.insert(orderAccess).values({ orderId, sessionId: elsewhere.sessionId, grantedAt: t.deps.now(), until })
  expect((await t.give({}, elsewhere)).statusCode).toBe(201)
  const change = { method: 'PUT', url: `/api/orders/${orderId}/email`, payload: { email: 'c@d.example' } } as const
  const refused = await t.app.inject({ ...change, headers: t.buyer.headers })
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'email_settled'])
})

test('who deletes what they left here ends their links', async () => {
  await using t = await bought()
  const { token } = await t.make({ giver: 'Nok' })
  const deleted = await t.app.inject({ method: 'DELETE', url: '/api/me/visit', headers: t.buyer.headers })
  expect(deleted.statusCode).toBe(204)
  expect(await t.look(token)).toMatchObject(NONE)
  expect([await t.db.$count(gifts), await t.db.$count(giftPhotos)]).toEqual([0, 0])
})
