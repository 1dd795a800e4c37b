import { newId } from '@pix/db/ids.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches, searchFeedback, searchMatches } from '@pix/db/schema/searches.ts'
import { watchStatements } from '@pix/db/testing.ts'
import { liveProbeKey, probeKey } from '@pix/jobs/faces.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testJpeg } from '../../testing/images.ts'
import { testApp } from '../../testing/test-app.ts'
import { finished, search, selfies } from './testing.ts'

test('a search belongs to its session: to everybody else it does not exist', async () => {
  await using t = await testApp()
  const { id, matches, results, visitor } = await finished(t)
  const photoId = matches[0]!.photo.id
  const others = [(await t.visitor()).headers, (await t.user('admin')).headers, {}]
  const requests = [
    { method: 'GET', url: `/api/face/search/${id}/status` },
    { method: 'GET', url: `/api/face/search/${id}/results` },
    { method: 'POST', url: `/api/face/search/${id}/face`, payload: { index: 0 } },
    { method: 'POST', url: '/api/face/feedback', payload: { searchId: id, photoId, isMe: false } },
    { method: 'DELETE', url: `/api/face/search/${id}` },
  ] as const
  for (const headers of others) {
    for (const request of requests) expect((await t.app.inject({ ...request, headers })).statusCode).toBe(404)
    const stream = { accept: 'text/event-stream', ...headers }
    expect((await t.app.inject({ ...requests[0], headers: stream })).statusCode).toBe(404)
  }

  expect((await results()).json().items).toHaveLength(4)
  expect((await t.app.inject({ ...requests[0], headers: visitor.headers })).statusCode).toBe(200)
})

test('results come best band first, then by confidence; a photo that leaves the sale is not among them', async () => {
  await using t = await testApp()
  const { results, matches } = await finished(t)
  const order = [3, 1, 2, 0].map(i => matches[i]!.photo.id)
  const first = (await results()).json()
  expect(first.items.map((item: { photo: { id: string } }) => item.photo.id)).toEqual(order)
  expect(first.search.counts).toEqual({ sure: 2, likely: 1, maybe: 1 })
  expect(first.items[0]).toMatchObject({ faceBox: { x: 0.25, width: 0.5 }, hidden: false, bought: false })

  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked to' }).where(eq(photos.id, order[0]!))

  const second = (await results()).json()
  expect(second.items.map((item: { photo: { id: string } }) => item.photo.id)).toEqual(order.slice(1))
  expect(second.search.counts).toEqual({ sure: 1, likely: 1, maybe: 1 })
})

test('matches of one burst name the sharpest of those that are seen; others name none', async () => {
  await using t = await testApp()
  const { results, matches, event } = await finished(t)
  const look = { camera: 'R6', perceptualHash: 'ffff0000ffff0000' }
  const start = event.startsAt.getTime()
  const [blurred, sharpest, sharp, other] = matches.map(({ photo }) => photo.id)
  for (const [id, second, sharpness] of [
    [blurred!, 0, 0.4],
    [sharpest!, 1, 0.9],
    [sharp!, 1.5, 0.6],
    [other!, 9, 0.7],
  ] as const) {
    await t.db
      .update(photos)
      .set({ ...look, sharpness, takenAt: new Date(start + second * 1_000) })
      .where(eq(photos.id, id))
  }
  const burstOf = async (id: string) =>
    (await results()).json().items.find((item: { photo: { id: string } }) => item.photo.id === id)?.burst
  expect(await Promise.all([blurred!, sharpest!, sharp!, other!].map(burstOf))).toEqual([
    sharpest,
    sharpest,
    sharpest,
    null,
  ])

  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked to' }).where(eq(photos.id, sharpest!))

  expect(await Promise.all([blurred!, sharp!].map(burstOf))).toEqual([sharp, sharp])
})

test('a selfie costs the api five statements and its results four, and none is sent twice', async () => {
  await using t = await testApp()
  const { results, visitor, event } = await finished(t)
  const selfie = await testJpeg(1)
  const statements = watchStatements(t.db)

  expect((await search(t, visitor, event.id, selfie)).statusCode).toBe(202)
  const asking = statements.splice(0)
  expect((await results()).json().items).toHaveLength(4)
  const reading = statements.splice(0)

  expect([asking.length, reading.length]).toEqual([5, 4])
  expect([new Set(asking).size, new Set(reading).size]).toEqual([5, 4])
})

test('"not me" hides a photo from this search, is kept without the embedding, and can be taken back', async () => {
  await using t = await testApp()
  const { id, visitor, matches, results } = await finished(t)
  const say = (isMe: boolean, photoId = matches[3]!.photo.id) =>
    t.app.inject({
      method: 'POST',
      url: '/api/face/feedback',
      payload: { searchId: id, photoId, isMe },
      headers: visitor.headers,
    })
  expect((await say(false)).statusCode).toBe(204)
  expect((await results()).json().items[0].hidden).toBe(true)
  expect((await results()).json().search.counts.sure).toBe(1)
  expect((await say(true)).statusCode).toBe(204)
  expect((await results()).json().items[0].hidden).toBe(false)
  expect((await say(false, newId())).statusCode).toBe(404)
  expect(await t.db.select().from(searchFeedback)).toHaveLength(2)
})

test('forgetting a search deletes selfie, embedding, rows and results', async () => {
  await using t = await testApp()
  const { id, visitor, results } = await finished(t)
  for (const key of [probeKey(id), liveProbeKey(id)]) await t.deps.redis.set(key, 'probe')

  const answer = await t.app.inject({ method: 'DELETE', url: `/api/face/search/${id}`, headers: visitor.headers })

  expect(answer.statusCode).toBe(204)
  expect((await results()).statusCode).toBe(404)
  expect(await selfies(t)).toEqual([])
  expect(await t.deps.redis.exists(probeKey(id), liveProbeKey(id))).toBe(0)
  expect(await t.db.select().from(searches)).toEqual([])
  expect(await t.db.select().from(searchMatches)).toEqual([])
  const acts = (await t.db.select().from(consents)).map(({ act }) => act)
  expect(acts.toSorted()).toEqual(['granted', 'withdrawn'])
})

test('of several faces one is chosen, once', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]
  const { id } = (await search(t, visitor, event.id, await testJpeg(1))).json()
  const box = { x: 0, y: 0, width: 0.2, height: 0.2 }
  await t.db
    .update(searches)
    .set({ state: 'choose_face', faceBoxes: [box, box] })
    .where(eq(searches.id, id))
  const choose = (index: number) =>
    t.app.inject({
      method: 'POST',
      url: `/api/face/search/${id}/face`,
      payload: { index },
      headers: visitor.headers,
    })
  const status = await t.app.inject({ url: `/api/face/search/${id}/status`, headers: visitor.headers })
  expect(status.json().faces).toEqual([
    { index: 0, box },
    { index: 1, box },
  ])
  expect((await choose(2)).json().code).toBe('illegal_state')
  expect((await choose(1)).json()).toMatchObject({ id, state: 'queued', faces: [] })
  expect((await choose(1)).json().code).toBe('illegal_state')
})
