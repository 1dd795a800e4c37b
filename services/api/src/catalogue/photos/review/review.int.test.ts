import { photos } from '@pix/db/schema/photos.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'

const ids = (answer: { photos: { id: string }[] }) => answer.photos.map(({ id }) => id)

async function scene(t: TestApp) {
  const [admin, photographer, event] = [await t.user('admin'), await t.user('photographer'), await t.event()]
  await t.invite(event.id, photographer.id)
  const photo = (second: number, more = {}) =>
    t.photo(event.id, photographer.id, {
      approval: 'pending',
      camera: 'R6',
      perceptualHash: '00ff00ff00ff00ff',
      takenAt: new Date(Date.UTC(2026, 10, 1, 1, 0, second)),
      ...more,
    })
  const review = async (since?: string, headers = admin.headers) => {
    const answer = await t.app.inject({
      url: `/api/events/${event.id}/photos/review${since === undefined ? '' : `?since=${since}`}`,
      headers,
    })
    return answer.json()
  }
  return { admin, photographer, event, photo, review }
}

test('the review has every processed photo as it was taken, bursts together, whatever was decided', async () => {
  await using t = await testApp()
  const { photographer, photo, review } = await scene(t)
  const late = await photo(50)
  const [soft, sharp] = [await photo(10, { sharpness: 0.4 }), await photo(11, { sharpness: 0.7 })]
  const refused = await photo(30, { approval: 'rejected', rejectReason: 'blurred' })
  const clockWrong = await photo(0, { takenAt: new Date('2020-01-01T00:00:00Z') })
  await photo(1, { state: 'queued', processedAt: null, width: null, height: null })
  await photo(2, { state: 'failed', failure: 'damaged', processedAt: null })

  const answer = await review()

  expect(ids(answer)).toEqual([soft.id, sharp.id, refused.id, late.id, clockWrong.id])
  expect(answer.photos.map(({ burst }: { burst: string }) => burst)).toEqual([sharp.id, sharp.id, null, null, null])
  expect(answer.photos[2]).toMatchObject({ approval: 'rejected', rejectReason: 'blurred', sharpness: null })
  expect(answer.photos[4].takenAt).toBeNull()
  expect(answer).toMatchObject({ coming: 1, total: 5, photographers: [{ id: photographer.id }] })
})

test('later only what changed is answered: decisions, and what came with its burst', async () => {
  await using t = await testApp()
  const { admin, event, photo, photographer, review } = await scene(t)
  const old = { processedAt: new Date(Date.now() - 3_600_000) }
  const [first, second] = [await photo(1, { ...old, sharpness: 0.5 }), await photo(20, old)]
  await photo(40, old)
  await photo(41, { state: 'queued', processedAt: null, width: null, height: null })
  const { at } = await review()
  expect(await review(at)).toMatchObject({ photos: [], photographers: [], total: 3, coming: 1 })

  await t.app.inject({
    method: 'POST',
    url: '/api/photos/approvals',
    payload: { eventId: event.id, decision: 'approved', photoIds: [second.id] },
    headers: admin.headers,
  })
  const came = await photo(2, { sharpness: 0.9 })

  const news = await review(at)
  expect(ids(news)).toEqual([first.id, came.id, second.id])
  expect(news.photos[0].burst).toBe(came.id)
  expect(news).toMatchObject({ total: 4, coming: 1, photographers: [{ id: photographer.id }] })
})

test('a page that shows photos which were deleted or taken down learns of it from their number', async () => {
  await using t = await testApp()
  const { photographer, photo, review } = await scene(t)
  const old = { processedAt: new Date(Date.now() - 3_600_000) }
  const [kept, deleted, takenDown] = [await photo(1, old), await photo(20, old), await photo(40, old)]
  const { at, total } = await review()
  expect(total).toBe(3)

  const answer = await t.app.inject({
    method: 'DELETE',
    url: `/api/photos/${deleted.id}`,
    headers: photographer.headers,
  })
  expect(answer.statusCode).toBe(200)
  expect(await review(at)).toMatchObject({ photos: [], total: 2 })

  await t.db
    .update(photos)
    .set({ approval: 'rejected', rejectReason: 'asked to', takenDownAt: new Date() })
    .where(eq(photos.id, takenDown.id))
  expect(await review(at)).toMatchObject({ photos: [], total: 1 })
  expect(ids(await review())).toEqual([kept.id])
})

test('the untouched original is for who manages the event alone', async () => {
  await using t = await testApp()
  const { admin, photographer, event, photo } = await scene(t)
  const { id } = await photo(1)
  await t.storage.put(MAIN_BUCKET, originalKey(event.id, id, 'jpg'), Buffer.from('the original'), {
    contentType: 'image/jpeg',
  })
  const open = (headers = {}) => t.app.inject({ url: `/api/photos/${id}/file`, headers })

  const answer = await open(admin.headers)
  expect([answer.body, answer.headers['content-type']]).toEqual(['the original', 'image/jpeg'])
  expect(answer.headers['cache-control']).toBe('private, no-store')
  expect((await open()).statusCode).toBe(401)
  expect((await open(photographer.headers)).statusCode).toBe(403)
  const { headers } = await t.member((await t.studio()).id, 'owner')
  expect((await open(headers)).statusCode).toBe(404)
})
