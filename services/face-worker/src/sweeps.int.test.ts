import { newId } from '@pix/db/ids.ts'
import { sessions, users } from '@pix/db/schema/auth.ts'
import { begunUploads, photos, resumableUploads } from '@pix/db/schema/photos.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { facesKey, readSelfies, searchFaces } from '@pix/jobs/faces.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { originalKey, pieceKey, selfieKey, uploadKey, uploadPrefix } from '@pix/platform/storage-keys.ts'
import { testStorage } from '@pix/platform/storage-testing.ts'
import { listAll, MAIN_BUCKET, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { feedPhotos } from './photos/feed-photos.ts'
import { beginTry, endTry, giveBack } from './photos/photo-tries.ts'
import { sweepResumable, sweepUploads } from './photos/sweep-uploads.ts'
import { joinSearchWorkers } from './searches/search-workers.ts'
import { forgetSearches, enqueueSearches } from './searches/sweep-searches.ts'
import { sweepVanishing } from './sweep-vanishing.ts'
import { silentLog, testPlace, type TestPlace, testQueues, type TestQueues } from './testing.ts'

let place: TestPlace
let queues: TestQueues
/** When the test began: the sweeps' clock stands still, however long it takes. */
let began: number
beforeEach(async () => {
  began = Date.now()
  place = await testPlace()
  queues = await testQueues(place)
})
afterEach(async () => {
  await queues[Symbol.asyncDispose]()
  await place[Symbol.asyncDispose]()
})

const models = Object.values(MODEL_VERSIONS)
const at = (seconds: number) => new Date(began + seconds * 1_000)
const enqueued = () => queues.enqueue.keys(processPhoto)
const feed = (seconds: number) => feedPhotos({ db: place.db, enqueue: queues.enqueue, now: () => at(seconds), models })

/** Queued rows without originals: nobody processes them here. */
async function addRows(count: number): Promise<string[]> {
  const eventId = await place.addEvent()
  const photographerId = newId()
  await place.db
    .insert(users)
    .values({ id: photographerId, email: `${photographerId}@test`, name: 'P', role: 'user', passwordHash: '-' })
  const rows = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    eventId,
    photographerId,
    fileName: `${n}.jpg`,
    sha256: n.toString(16).padStart(64, '0'),
    bytes: 1,
    format: 'jpg',
  }))
  await place.db.insert(photos).values(rows)
  return rows.map(row => row.id)
}

test('a backlog larger than the queue is fed in as room appears, and none is forgotten', async () => {
  const ids = await addRows(620)
  expect(await feed(1)).toBe(500)
  expect(await feed(1)).toBe(0)
  const first = await enqueued()
  for (const id of first.slice(0, 300)) {
    await place.db.update(photos).set({ state: 'failed', failure: 'damaged' }).where(eq(photos.id, id))
    await queues.redis.del(`bull:${processPhoto.queue}:${id}`)
    await queues.redis.zrem(`bull:${processPhoto.queue}:prioritized`, id)
  }
  expect(await feed(1)).toBe(120)
  expect(new Set([...first, ...(await enqueued())])).toEqual(new Set(ids))
})

test('a photo that failed rests a minute, then two, and is given up after its third try', async () => {
  const [id = ''] = await addRows(1)
  for (const rest of [60, 120]) {
    expect(await beginTry(place.db, id, at(0))).toBe(true)
    expect(await endTry(place.db, id, 'internal', at(0))).toBe('rests')
    expect(await feed(rest - 2)).toBe(0)
    expect(await feed(rest + 2)).toBe(1)
    await queues.redis.flushdb()
  }
  await beginTry(place.db, id, at(0))
  expect(await endTry(place.db, id, 'timed_out', at(0))).toBe('given_up')
  expect(await place.photo(id)).toMatchObject({ state: 'failed', failure: 'timed_out', attempts: 3 })
  expect(await feed(10_000)).toBe(0)
})

test('a photo whose worker died in its third try is given up, not tried for ever', async () => {
  const [id = ''] = await addRows(1)
  for (const _ of [1, 2, 3]) expect(await beginTry(place.db, id, at(0))).toBe(true)
  expect(await beginTry(place.db, id, at(0))).toBe(false)
  expect(await place.photo(id)).toMatchObject({ state: 'failed', failure: 'internal' })
})

test('a photo given back by a worker that stops keeps its tries', async () => {
  const [id = ''] = await addRows(1)
  await beginTry(place.db, id, at(0))
  await giveBack(place.db, id, at(0))
  expect(await place.photo(id)).toMatchObject({ state: 'queued', attempts: 0 })
  expect(await feed(1)).toBe(1)
})

test('a photo in work whose job Redis has lost is enqueued again', async () => {
  const [id = ''] = await addRows(1)
  await beginTry(place.db, id, at(0))
  expect(await feed(5)).toBe(0)
  expect(await feed(40)).toBe(1)
})

test('an original whose upload died before its photo had a row is removed within the hour, one still on its way is not', async () => {
  await using storage = await testStorage()
  const begin = async (createdAt: Date) => {
    const photoId = newId()
    const key = originalKey(newId(), photoId, 'jpg')
    await storage.put(MAIN_BUCKET, key, Buffer.from('x'), { contentType: 'image/jpeg' })
    await place.db.insert(begunUploads).values({ photoId, key, createdAt })
    return key
  }
  await begin(at(-3_400))
  const running = await begin(at(-3_200))

  expect(await sweepUploads({ db: place.db, storage, now: () => at(0) })).toBe(1)

  expect((await listAll(storage, MAIN_BUCKET, '')).map(({ key }) => key)).toEqual([running])
  expect((await place.db.select().from(begunUploads)).map(({ key }) => key)).toEqual([running])
})

test('a resumable upload goes when its time is over, with pieces that no row names; a younger one stays', async () => {
  await using storage = await testStorage()
  const eventId = await place.addEvent()
  const photographerId = newId()
  await place.db
    .insert(users)
    .values({ id: photographerId, email: 'p@test', name: 'P', role: 'user', passwordHash: '-' })
  const begin = async (createdAt: Date) => {
    const id = newId()
    const piece = pieceKey(id, newId())
    for (const key of [piece, pieceKey(id, newId())])
      await storage.put(VANISHING_BUCKET, key, Buffer.from('x'), { contentType: 'application/octet-stream' })
    const row = { id, eventId, photographerId, fileName: 'a.jpg', bytes: 9, received: 1, pieces: [piece], createdAt }
    await place.db.insert(resumableUploads).values(row)
    return id
  }
  await begin(at(-22 * 3_600 - 1))
  const young = await begin(at(-22 * 3_600 + 60))

  expect(await sweepResumable({ db: place.db, storage, now: () => at(0) })).toBe(1)

  expect((await place.db.select().from(resumableUploads)).map(({ id }) => id)).toEqual([young])
  const left = await listAll(storage, VANISHING_BUCKET, '')
  expect([left.length, left.every(({ key }) => key.startsWith(uploadPrefix(young)))]).toEqual([2, true])
})

async function addSearch(columns: Partial<typeof searches.$inferInsert>): Promise<string> {
  const [id, sessionId, consentId] = [newId(), newId(), newId()]
  const eventId = await place.addEvent()
  await place.db.insert(sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: new Date('2030-01-01') })
  await place.db.insert(consents).values({ id: consentId, sessionId, eventId, purpose: 'face_search', version: '1' })
  await place.db
    .insert(searches)
    .values({ id, sessionId, eventId, consentId, source: 'selfie', askedAt: columns.createdAt, ...columns })
  await place.storage.put(VANISHING_BUCKET, selfieKey(id), Buffer.from('x'), { contentType: 'image/jpeg' })
  await queues.redis.set(facesKey(id), 'x', 'EX', 3600)
  return id
}
const sweepDeps = () => ({
  db: place.db,
  storage: place.storage,
  ...queues,
  now: () => at(0),
  searchWorkers: { queues: async () => [] },
})
const search = async (id: string) => (await place.db.select().from(searches).where(eq(searches.id, id)))[0]
const kept = async (id: string) =>
  (await place.storage.exists(VANISHING_BUCKET, selfieKey(id))) || (await queues.redis.exists(facesKey(id))) > 0

test('no selfie or embedding outlives its hour, whatever state its search is in', async () => {
  const fresh = await addSearch({ state: 'choose_face' })
  const waiting = await addSearch({ state: 'choose_face', createdAt: at(-3_500) })
  const stuck = await addSearch({ state: 'processing', createdAt: at(-3_500) })
  const crashed = await addSearch({ state: 'done', finishedAt: at(-10) }) // its worker died before it could delete
  await enqueueSearches(sweepDeps())
  await forgetSearches(sweepDeps())
  expect(await kept(fresh)).toBe(true)
  for (const id of [waiting, stuck, crashed]) expect(await kept(id)).toBe(false)
  for (const id of [waiting, stuck])
    expect(await search(id)).toMatchObject({ state: 'failed', problemCode: 'internal' })
})

test('a face chosen late is still searched for, and given up two minutes after the choice', async () => {
  const chosen = { state: 'queued', chosenFace: 1, createdAt: at(-1_800) } as const
  const late = await addSearch({ ...chosen, askedAt: at(-10) })
  const forgotten = await addSearch({ ...chosen, askedAt: at(-130) })
  await enqueueSearches(sweepDeps())
  expect(await search(late)).toMatchObject({ state: 'queued' })
  expect(await queues.enqueue.keys(searchFaces)).toEqual([late])
  expect(await search(forgotten)).toMatchObject({ state: 'failed', problemCode: 'internal' })
})

test('what waits in the own queue of a worker is not enqueued again; of a worker that has left it is', async () => {
  const { redis, enqueue } = queues
  const workers = [1, 2, 3].map(() => joinSearchWorkers({ redis, enqueue, log: silentLog }, 100))
  const [first, ...others] = workers
  await expect.poll(() => first!.queues()).toHaveLength(2 * workers.length)
  const asked = { createdAt: at(-10), askedAt: at(-10) }
  for (let n = 0; n < 12; n++) {
    const id = await addSearch(n % 2 === 0 ? asked : { ...asked, chosenFace: 1 })
    const { eventId, sessionId: visitor } = (await search(id))!
    if (n % 2 === 0) await first!.handSelfieOn({ searchId: id, eventId, visitor })
    else await first!.handOn({ searchId: id, eventId })
  }
  const shared = async () => [...(await enqueue.keys(searchFaces)), ...(await enqueue.keys(readSelfies))]

  await enqueueSearches({ ...sweepDeps(), searchWorkers: first! })
  expect(await shared()).toEqual([])

  const left = (
    await Promise.all(others.flatMap(({ own, ownSelfies }) => [enqueue.keys(own), enqueue.keys(ownSelfies)]))
  ).flat()
  for (const worker of others) await worker.leave()
  await enqueueSearches({ ...sweepDeps(), searchWorkers: first! })
  expect((await shared()).toSorted()).toEqual(left.toSorted())
  await first!.leave()
})

test('results go after seven days', async () => {
  const old = await addSearch({ state: 'done', finishedAt: at(-10), createdAt: at(-7 * 86_400 - 60) })
  const young = await addSearch({ state: 'done', finishedAt: at(-10), createdAt: at(-6 * 86_400) })
  await forgetSearches(sweepDeps())
  expect(await search(old)).toBeUndefined()
  expect(await search(young)).toBeDefined()
})

test('objects that no row points at any more are deleted too, and the age of the oldest left is measured', async () => {
  await using storage = await testStorage()
  const orphan = newId()
  const put = (key: string) =>
    storage.put(VANISHING_BUCKET, key, Buffer.from('x'), { contentType: 'application/octet-stream' })
  await put(selfieKey(orphan))
  await put(uploadKey(orphan))
  const ages = await sweepVanishing(storage, at(3_400))
  expect(await listAll(storage, VANISHING_BUCKET, '')).toMatchObject([{ key: uploadKey(orphan) }])
  expect(ages.uploads).toBeGreaterThan(3_000)
  expect(ages.selfies).toBe(0)
})
