import { photos } from '@pix/db/schema/photos.ts'
import { originalKey, previewKey, thumbnailKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { closeEntitlements } from '../close-entitlements.ts'
import { addPaidOrder } from '../../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../../testing/test-app.ts'

const JPEG = { contentType: 'image/jpeg' }

async function scene(t: TestApp, more = {}) {
  const photographer = await t.user('photographer')
  const event = await t.event()
  const photo = await t.photo(event.id, photographer.id, more)
  for (const size of ['small', 'medium', 'phone', 'large'] as const) {
    await t.storage.put(MAIN_BUCKET, thumbnailKey(event.id, size, photo.id), Buffer.from(`picture ${size}`), JPEG)
  }
  await t.storage.put(MAIN_BUCKET, previewKey(event.id, photo.id), Buffer.from('picture preview'), JPEG)
  await t.storage.put(MAIN_BUCKET, originalKey(event.id, photo.id, 'jpg'), Buffer.from('the original'), JPEG)
  const url = (size: string) => `/media/${event.id}/${size}/${photo.id}.jpg`
  return { photographer, event, photo, url }
}

test('an approved picture is public, is known by its ETag and costs a 304 the second time', async () => {
  await using t = await testApp()
  const { url } = await scene(t)
  for (const size of ['small', 'medium', 'phone', 'large', 'preview']) {
    const answer = await t.app.inject({ url: url(size) })
    expect(answer.body).toBe(`picture ${size}`)
    expect(answer.headers['content-type']).toBe('image/jpeg')
    expect(answer.headers['cache-control']).toBe('public, max-age=300, s-maxage=0')
    const again = await t.app.inject({ url: url(size), headers: { 'if-none-match': String(answer.headers.etag) } })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    expect(Number(again.headers['content-length'] ?? 0)).toBe(0)
  }
})

test('a photo processed before phones had a size of their own gives them the large picture', async () => {
  await using t = await testApp()
  const { url, event, photo } = await scene(t)
  await t.storage.delete(MAIN_BUCKET, thumbnailKey(event.id, 'phone', photo.id))

  const answer = await t.app.inject({ url: url('phone') })

  expect([answer.statusCode, answer.body]).toEqual([200, 'picture large'])
  const again = await t.app.inject({ url: url('phone'), headers: { 'if-none-match': String(answer.headers.etag) } })
  expect(again.statusCode).toBe(304)
})

test('no address of the pictures gives an original', async () => {
  await using t = await testApp()
  const { url, event, photo } = await scene(t)
  const tried = [
    url('original'),
    url('originals'),
    `/media/${event.id}/small/..%2f..%2foriginals%2f${photo.id}.jpg`,
    `/media/${event.id}/../originals/${photo.id}.jpg`,
    `/media/${event.id}/small/${photo.id}.png`,
    `/objects/thepixstock/events/${event.id}/originals/${photo.id}.jpg`,
    `/api/photos/${photo.id}/original`,
  ]
  for (const address of tried) {
    const answer = await t.app.inject({ url: address })
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toContain('the original')
  }
})

test.each([
  ['unapproved', { approval: 'pending' }],
  ['rejected', { approval: 'rejected', rejectReason: 'blurred' }],
])('an %s picture is for its photographer and admins, and is never kept', async (_, more) => {
  await using t = await testApp()
  const { photographer, url } = await scene(t, more)
  const get = (headers = {}) => t.app.inject({ url: url('large'), headers })

  expect((await get()).statusCode).toBe(404)
  expect((await get((await t.visitor()).headers)).statusCode).toBe(404)
  expect((await get((await t.user('photographer')).headers)).statusCode).toBe(404)
  for (const headers of [photographer.headers, (await t.user('admin')).headers]) {
    const answer = await get(headers)
    expect(answer.body).toBe('picture large')
    expect(answer.headers['cache-control']).toBe('private, no-store')
  }
})

test('a photo that leaves the sale is gone from the public addresses', async () => {
  await using t = await testApp()
  const { photo, url } = await scene(t)
  const first = await t.app.inject({ url: url('medium') })
  await t.db.update(photos).set({ approval: 'pending' }).where(eq(photos.id, photo.id))

  const answer = await t.app.inject({ url: url('medium'), headers: { 'if-none-match': String(first.headers.etag) } })

  expect(answer.statusCode).toBe(404)
  expect((await t.app.inject({ url: `/api/photos/${photo.id}` })).statusCode).toBe(404)
})

test('a buyer of a photo goes on seeing it after it left the sale; other visitors do not', async () => {
  await using t = await testApp()
  const { photo, url } = await scene(t, { approval: 'rejected', rejectReason: 'asked to' })
  const buyer = await t.visitor()
  await addPaidOrder(t.db, buyer.sessionId, [photo])

  const answer = await t.app.inject({ url: url('large'), headers: buyer.headers })

  expect(answer.body).toBe('picture large')
  expect(answer.headers['cache-control']).toBe('private, no-store')
  expect((await t.app.inject({ url: url('large'), headers: (await t.visitor()).headers })).statusCode).toBe(404)
})

test('a photo that was taken back from its buyer is not theirs to see any more', async () => {
  await using t = await testApp()
  const { photo, url } = await scene(t, { approval: 'rejected', rejectReason: 'taken down' })
  const buyer = await t.visitor()
  await addPaidOrder(t.db, buyer.sessionId, [photo])
  await t.db.transaction(tx => closeEntitlements(t.deps, tx, { photoIds: [photo.id] }, 'takedown'))
  expect((await t.app.inject({ url: url('large'), headers: buyer.headers })).statusCode).toBe(404)
})

test('pictures of events that the public may not see are not there', async () => {
  await using t = await testApp()
  for (const more of [{ status: 'open' }, { status: 'archived' }, { visibility: 'code' }] as const) {
    const { id } = await t.event(more)
    const photo = await t.photo(id, (await t.user('photographer')).id)
    await t.storage.put(MAIN_BUCKET, thumbnailKey(id, 'small', photo.id), Buffer.from('picture'), JPEG)
    expect((await t.app.inject({ url: `/media/${id}/small/${photo.id}.jpg` })).statusCode).toBe(404)
  }
})
