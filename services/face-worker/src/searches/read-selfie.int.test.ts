import { newId } from '@pix/db/ids.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { watchStatements } from '@pix/db/testing.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { FACES_TTL_SECONDS, facesKey, probeKey } from '@pix/jobs/faces.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq, sql } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodePicture } from '../picture/decode-picture.ts'
import { photoLimits, selfieLimits } from '../picture/limits.ts'
import { beginTry } from '../photos/photo-tries.ts'
import { processPhoto } from '../photos/process-photo.ts'
import { enginesOf, groupPhoto, silentLog, testPlace, type TestPlace, until } from '../testing.ts'
import { createEventIndexes, snapshotKey } from './event-indexes.ts'
import { answerSearch, type SearchDeps, type SearchOutcome } from './answer-search.ts'
import { readSelfie } from './read-selfie.ts'
import { forgetSearches } from './sweep-searches.ts'
import { addSearch, cutFace, type SelfieReader, selfieReader } from './selfie-testing.ts'

const now = () => new Date()
const { signal } = new AbortController()
let place: TestPlace
let engine: FaceEngine
let reader: SelfieReader
let redis: SearchDeps['redis']
let eventId: string
let photoId: string
/** A face of the event's only photo, as a selfie. */
let selfie: Buffer

beforeAll(async () => {
  place = await testPlace()
  engine = await createFaceEngine({ engine: 'face-api', runtime: 'auto', cacheDir: place.settings.FACE_CACHE_DIR })
  reader = await selfieReader(place)
  redis = reader.queues.redis
  eventId = await place.addEvent({ approval: 'all' })
  photoId = await addProcessed(readFileSync(groupPhoto(1)))
  selfie = await cutFace(place, engine, readFileSync(groupPhoto(1)))
})
afterAll(async () => {
  await reader[Symbol.asyncDispose]()
  await engine.close()
  await place[Symbol.asyncDispose]()
})

async function addProcessed(bytes: Buffer): Promise<string> {
  const id = await place.addPhoto(eventId, bytes)
  await beginTry(place.db, id, now())
  await processPhoto({ ...place, engines: enginesOf(engine), limits: photoLimits(place.settings), now }, id, signal)
  return id
}

const deps = (storage = place.storage, retryMs?: number): SearchDeps => {
  const { db } = place
  const indexes = createEventIndexes({
    db,
    storage,
    budgetBytes: 1e8,
    log: silentLog,
    ...(retryMs === undefined ? {} : { retryMs }),
  })
  return { db, storage, redis, live: reader.queues.live, now, indexes }
}

const startSearch = async (bytes: Buffer | null) => (await addSearch(place, eventId, bytes)).id

/** Both steps of a search, as the queues call them. */
async function ask(searching: SearchDeps, id: string): Promise<Pick<SearchOutcome, 'state' | 'faces'>> {
  const { source, sessionId, chosenFace } = await search(id)
  if (source === 'selfie' && chosenFace === null) {
    await readSelfie(reader.reading, { searchId: id, eventId, visitor: sessionId }, {})
    const { state } = await search(id)
    if (state === 'failed' || state === 'choose_face') return { state, faces: 0 }
  }
  return answerSearch(searching, id, signal)
}

const search = async (id: string) => (await place.db.select().from(searches).where(eq(searches.id, id)))[0]!
const matches = (id: string) => place.db.select().from(searchMatches).where(eq(searchMatches.searchId, id))

test('a selfie finds its person, and nothing of it is left anywhere', async () => {
  const id = await startSearch(selfie)
  expect((await ask(deps(), id)).state).toBe('done')
  expect(await search(id)).toMatchObject({ state: 'done', photoCount: 1 })
  expect(await matches(id)).toMatchObject([{ photoId, band: 'sure' }])
  expect(await place.storage.exists(VANISHING_BUCKET, selfieKey(id))).toBe(false)
  expect((await search(id)).selfieDeletedAt).not.toBeNull()
  expect(await redis.exists(probeKey(id), facesKey(id))).toBe(0)
})

test('the page learns of the answer before the selfie is deleted; of a worker that dies in between the sweep deletes it', async () => {
  const { live } = reader.queues
  const id = await startSearch(selfie)
  await readSelfie(reader.reading, { searchId: id, eventId, visitor: (await search(id)).sessionId }, {})
  const pages: ReturnType<typeof live.subscribe>[] = []
  const heard = new Promise<void>(resolve => pages.push(live.subscribe(`search:${id}`, resolve)))
  for (const { standing } of pages) await standing
  const dying = async () => {
    await heard
    throw new Error('this worker dies')
  }

  const answering = deps()
  await expect(
    answerSearch({ ...answering, storage: { ...place.storage, delete: dying } }, id, signal),
  ).rejects.toThrow('this worker dies')

  for (const page of pages) page.end()
  expect(await search(id)).toMatchObject({ state: 'done', selfieDeletedAt: null })
  expect(await place.storage.exists(VANISHING_BUCKET, selfieKey(id))).toBe(true)
  await forgetSearches({ ...reader.reading, now: () => new Date(Date.now() + 10_000) })
  expect(await place.storage.exists(VANISHING_BUCKET, selfieKey(id))).toBe(false)
  expect(await redis.exists(probeKey(id), facesKey(id))).toBe(0)
  expect((await search(id)).selfieDeletedAt).not.toBeNull()
})

test('the same search again has the same answer', async () => {
  const id = await startSearch(selfie)
  await ask(deps(), id)
  const first = await matches(id)
  await place.storage.put(VANISHING_BUCKET, selfieKey(id), selfie, { contentType: 'image/jpeg' })
  await place.db.update(searches).set({ state: 'processing', finishedAt: null }).where(eq(searches.id, id))
  await ask(deps(), id)
  expect(await matches(id)).toEqual(first)
})

test('of several faces the customer chooses one, from embeddings that Redis keeps an hour at most', async () => {
  const id = await startSearch(readFileSync(groupPhoto(1)))
  expect((await ask(deps(), id)).state).toBe('choose_face')
  const waiting = await search(id)
  expect(waiting.faceBoxes.length).toBeGreaterThan(1)
  expect(await redis.ttl(facesKey(id))).toBeGreaterThan(0)
  expect(await redis.ttl(facesKey(id))).toBeLessThanOrEqual(Math.min(FACES_TTL_SECONDS, 3600))
  await place.storage.delete(VANISHING_BUCKET, selfieKey(id)) // choosing must not need it
  await place.db.update(searches).set({ state: 'queued', chosenFace: 1 }).where(eq(searches.id, id))
  expect((await ask(deps(), id)).state).toBe('done')
  expect(await matches(id)).toMatchObject([{ photoId, band: 'sure' }])
  expect(await redis.exists(facesKey(id))).toBe(0)
})

test('an embedding from a phone finds what the selfie finds', async () => {
  const reading = await engine.readSelfie((await decodePicture(selfie, 1600, selfieLimits(place.settings))).pixels)
  const [face] = reading.kind === 'faces' ? reading.faces : []
  const id = await startSearch(null)
  await redis.set(probeKey(id), writeProbes([face!], engine.modelVersion), 'EX', 600)
  expect((await ask(deps(), id)).state).toBe('done')
  expect(await matches(id)).toMatchObject([{ photoId }])
  expect(await redis.exists(probeKey(id))).toBe(0)
})

test('an answer costs ten statements when nothing has changed since the last, and none is sent twice', async () => {
  const same = deps()
  await ask(same, await startSearch(selfie)) // its index is warm now
  const id = await startSearch(selfie)
  const { sessionId: visitor } = await search(id)
  const statements = watchStatements(place.db)
  await readSelfie(reader.reading, { searchId: id, eventId, visitor }, {})
  expect((await answerSearch(same, id, signal)).state).toBe('done')
  expect(statements).toHaveLength(10)
  expect(new Set(statements).size).toBe(10)
})

test('a search whose face is no longer at hand says whose selfie is to be read again', async () => {
  const id = await startSearch(selfie)
  expect(await answerSearch(deps(), id, signal)).toMatchObject({
    state: 'unread',
    unreadOf: (await search(id)).sessionId,
  })
  expect((await ask(deps(), id)).state).toBe('done')
})

test.each([
  {
    what: 'a wall',
    bytes: () =>
      sharp({ create: { width: 600, height: 600, channels: 3, background: '#aabbcc' } })
        .jpeg()
        .toBuffer(),
    code: 'no_face_found',
  },
  { what: 'no picture', bytes: () => Promise.resolve(Buffer.from('hello')), code: 'not_an_image' },
])('$what is answered $code, and deleted', async ({ bytes, code }) => {
  const id = await startSearch(await bytes())
  await ask(deps(), id)
  expect(await search(id)).toMatchObject({ state: 'failed', problemCode: code })
  expect(await place.storage.exists(VANISHING_BUCKET, selfieKey(id))).toBe(false)
})

test('a search includes a photo approved just before it, and none that was rejected just before it', async () => {
  const same = deps()
  await ask(same, await startSearch(selfie)) // its index is warm now
  const brighter = await sharp(readFileSync(groupPhoto(1)))
    .modulate({ brightness: 1.1 })
    .jpeg()
    .toBuffer()
  const second = await addProcessed(brighter)
  const both = await startSearch(selfie)
  await ask(same, both)
  expect((await matches(both)).map(match => match.photoId).sort()).toEqual([photoId, second].sort())

  await place.db.transaction(async tx => {
    const [event] = await tx
      .update(events)
      .set({ indexRevision: sql`${events.indexRevision} + 1` })
      .where(eq(events.id, eventId))
      .returning()
    await tx
      .update(photos)
      .set({ approval: 'rejected', rejectReason: 'blurred', indexRevision: event!.indexRevision })
      .where(eq(photos.id, second))
  })
  const one = await startSearch(selfie)
  await ask(same, one)
  expect((await matches(one)).map(match => match.photoId)).toEqual([photoId])
})

test('an index from a snapshot answers like one from the database, written again when the storage broke off', async () => {
  const many = Array.from({ length: 250 }, () => ({ id: newId(), x: 0, y: 0, width: 0.1, height: 0.1 }))
  const [face] = await place.db.select().from(faces).where(eq(faces.photoId, photoId))
  await place.db.insert(faces).values(many.map(row => ({ ...face!, ...row })))
  let broken = 0
  const breaksOnce: TestPlace['storage'] = {
    ...place.storage,
    put: async (bucket, key, body, options) => {
      if (broken++ > 0 || Buffer.isBuffer(body)) return place.storage.put(bucket, key, body, options)
      for await (const _ of body) break
      throw new Error('socket hang up')
    },
  }
  const writer = deps(breaksOnce)
  const first = await startSearch(selfie)
  await ask(writer, first)
  await writer.indexes.settled()
  expect(broken).toBe(2)
  expect(await place.storage.exists(VANISHING_BUCKET, snapshotKey(eventId, engine.modelVersion))).toBe(true)
  const reader = deps()
  const id = await startSearch(selfie)
  const outcome = await ask(reader, id)
  expect(outcome.faces).toBeGreaterThan(250)
  const strip = (rows: Awaited<ReturnType<typeof matches>>) => rows.map(row => ({ ...row, searchId: '' }))
  expect(strip(await matches(id))).toEqual(strip(await matches(first)))
})

test('a snapshot that failed is tried again without waiting for more change', async () => {
  await place.storage.delete(VANISHING_BUCKET, snapshotKey(eventId, engine.modelVersion))
  let tries = 0
  const away: TestPlace['storage'] = {
    ...place.storage,
    put: async (...given) => {
      tries += 1
      if (tries > 3) return place.storage.put(...given)
      throw new Error('socket hang up')
    },
  }
  const writer = deps(away, 10)
  await ask(writer, await startSearch(selfie))
  await until('a snapshot', () => place.storage.exists(VANISHING_BUCKET, snapshotKey(eventId, engine.modelVersion)), 60)
  expect(tries).toBe(4)
})
