import { photos } from '@pix/db/schema/photos.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'

let t: TestApp
let event: Awaited<ReturnType<TestApp['event']>>
let [nok, lek, admin]: Awaited<ReturnType<TestApp['user']>>[] = []
beforeAll(async () => {
  t = await testApp({ settings: { LIMIT_REQUESTS_PER_MINUTE: '10000' } })
  event = await t.event()
  ;[nok, lek, admin] = [await t.user('photographer'), await t.user('photographer'), await t.user('admin')]
})
afterAll(() => t[Symbol.asyncDispose]())

/** Each with a minute of its own, in the order in which they are made. */
let minute = 0
const photo = (fileName: string, more: object = {}, by = nok!) =>
  t.photo(event.id, by.id, { fileName, createdAt: new Date(Date.UTC(2026, 10, 1, 1, minute++)), ...more })
const list = async (query: Record<string, string> = {}, headers = admin!.headers) => {
  const url = `/api/events/${event.id}/photos/managed?${new URLSearchParams(query).toString()}`
  return t.app.inject({ url, headers })
}
const names = async (query: Record<string, string> = {}) => {
  const { items, total } = (await list(query)).json()
  expect(total).toBe(items.length)
  return items.map(({ fileName }: { fileName: string }) => fileName)
}

test('an event’s photos are found by number, photographer, place, time, faces and sale, and each says where it is', async () => {
  const sold = await photo('IMG_0001.jpg', { faceCount: 2 })
  await photo('IMG_0012.jpg', { approval: 'pending', takenAt: new Date('2026-11-01T03:00:00Z') })
  await photo('DSC_0123.jpg', { approval: 'rejected', rejectReason: 'blurred' }, lek)
  await photo('รูปที่ 5%.jpg', { state: 'failed', approval: 'pending', failure: 'damaged', processedAt: null })
  await photo('IMG_0777.jpg', { state: 'queued', approval: 'pending', processedAt: null, width: null, height: null })
  await photo('IMG_0888.jpg', { approval: 'rejected', rejectReason: 'asked to', takenDownAt: new Date() })
  await photo('IMG_0999.jpg', {
    approval: 'rejected',
    rejectReason: 'x',
    takenDownAt: new Date(),
    deletedAt: new Date(),
  })
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [sold])
  const cancelled = await photo('IMG_1000.jpg')
  const orderId = await addPaidOrder(t.db, (await t.visitor()).sessionId, [cancelled])
  await t.db.execute(
    `update orders set status = 'expired', paid_at = null, fulfilled_at = null where id = '${orderId}'`,
  )

  const all = (await list()).json()
  expect(all.items.map(({ place }: { place: string }) => place)).toEqual([
    'on_sale',
    'gone',
    'processing',
    'failed',
    'off_sale',
    'waiting',
    'on_sale',
  ])
  expect(all.photographers.map(({ id }: { id: string }) => id).toSorted()).toEqual([nok!.id, lek!.id].toSorted())
  expect(await names({ q: '012' })).toEqual(['DSC_0123.jpg', 'IMG_0012.jpg'])
  expect(await names({ q: 'img_0001' })).toEqual(['IMG_0001.jpg'])
  expect(await names({ q: 'รูปที่' })).toEqual(['รูปที่ 5%.jpg'])
  expect(await names({ q: '5%' })).toEqual(['รูปที่ 5%.jpg'])
  expect(await names({ q: '%' })).toEqual(['รูปที่ 5%.jpg'])
  expect(await names({ q: sold.id })).toEqual(['IMG_0001.jpg'])
  expect(await names({ photographer: lek!.id })).toEqual(['DSC_0123.jpg'])
  for (const [place, name] of Object.entries({
    waiting: 'IMG_0012.jpg',
    off_sale: 'DSC_0123.jpg',
    failed: 'รูปที่ 5%.jpg',
    processing: 'IMG_0777.jpg',
    gone: 'IMG_0888.jpg',
  }))
    expect(await names({ place })).toEqual([name])
  expect(await names({ from: '2026-11-01T02:00:00Z', to: '2026-11-01T04:00:00Z' })).toEqual(['IMG_0012.jpg'])
  expect(await names({ faces: 'yes' })).toEqual(['IMG_0001.jpg'])
  expect(await names({ sold: 'yes' })).toEqual(['IMG_0001.jpg'])
  expect(await names({ sold: 'no', place: 'on_sale' })).toEqual(['IMG_1000.jpg'])
})

test('page by page each photo comes once, and the number is that of all', async () => {
  await t.db
    .update(photos)
    .set({ createdAt: new Date('2026-11-01T00:00:00Z') })
    .where(eq(photos.eventId, event.id))
  const { items, total } = (await list()).json()
  const read: string[] = []
  let cursor: string | null = null
  do {
    const page: { total: number; items: { id: string }[]; nextCursor: string | null } = (
      await list({ limit: '2', ...(cursor !== null && { cursor }) })
    ).json()
    expect(page.total).toBe(total)
    read.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(read).toEqual(items.map(({ id }: { id: string }) => id))
})

test('photographers and the staff of other studios have no desk for these photos', async () => {
  expect((await list({}, nok!.headers)).statusCode).toBe(403)
  expect((await list({}, (await t.member((await t.studio()).id, 'owner')).headers)).statusCode).toBe(404)
  expect((await list({}, (await t.member(event.studioId, 'manager')).headers)).statusCode).toBe(200)
})
