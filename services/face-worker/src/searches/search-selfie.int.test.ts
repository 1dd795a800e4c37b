import { newId } from '@pix/db/ids.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { consents, searches, searchMatches } from '@pix/db/schema/searches.ts'
import { watchStatements } from '@pix/db/testing.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { FACES_TTL_SECONDS, facesKey, probeKey } from '@pix/jobs/faces.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq, sql } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodePicture } from '../picture/decode-picture.ts'
import { beginTry } from '../photos/photo-tries.ts'
import { processPhoto } from '../photos/process-photo.ts'
import { groupPhoto, silentLog, testPlace, type TestPlace } from '../testing.ts'
import { createEventIndexes, snapshotKey } from './event-indexes.ts'
import { type SearchDeps, searchSelfie } from './search-selfie.ts'

const now = () => new Date()
const { signal } = new AbortController()
let place: TestPlace
let engine: FaceEngine
let redis: SearchDeps['redis']
let eventId: string
let photoId: string
/** A face of the event's only photo, as a selfie. */
let selfie: Buffer

beforeAll(async () => {
  place = await testPlace()
  engine = await createFaceEngine({ runtime: 'auto', cacheDir: place.settings.FACE_CACHE_DIR })
  redis = connectRedis(place.settings.REDIS_URL, 'producer', () => undefined)
  await redisReady(redis)
  eventId = await place.addEvent({ approval: 'all' })
  photoId = await addProcessed(readFileSync(groupPhoto(1)))
  selfie = await cutFace(readFileSync(groupPhoto(1)))
})
afterAll(async () => {
  redis.disconnect()
  await engine.close()
  await place[Symbol.asyncDispose]()
})

async function addProcessed(bytes: Buffer): Promise<string> {
  const id = await place.addPhoto(eventId, bytes)
  await beginTry(place.db, id, now())
  await processPhoto({ ...place, engine, now }, id, signal)
  return id
}

async function cutFace(bytes: Buffer): Promise<Buffer> {
  const { pixels } = await decodePicture(bytes, 3000)
  const { box } = (await engine.detect(pixels))[0]!
  const side = box.width * pixels.width * 2
  const left = Math.max(0, Math.round((box.x + box.width / 2) * pixels.width - side / 2))
  const top = Math.max(0, Math.round((box.y + box.height / 2) * pixels.height - side / 2))
  const width = Math.min(Math.round(side), pixels.width - left)
  const height = Math.min(Math.round(side), pixels.height - top)
  return sharp(bytes).extract({ left, top, width, height }).resize(500).jpeg({ quality: 95 }).toBuffer()
}

const deps = (storage = place.storage): SearchDeps => {
  const { db } = place
  const indexes = createEventIndexes({
    db,
    storage,
    modelVersion: engine.modelVersion,
    budgetBytes: 1e8,
    log: silentLog,
  })
  return { db, storage, redis, engine, now, indexes }
}

async function startSearch(bytes: Buffer | null): Promise<string> {
  const [id, sessionId, consentId] = [newId(), newId(), newId()]
  await place.db.insert(sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: new Date('2030-01-01') })
  await place.db.insert(consents).values({ id: consentId, sessionId, eventId, purpose: 'face_search', version: '1' })
  if (bytes) await place.storage.put(VANISHING_BUCKET, selfieKey(id), bytes, { contentType: 'image/jpeg' })
  const source = bytes ? 'selfie' : 'embedding'
  await place.db.insert(searches).values({ id, sessionId, eventId, consentId, source })
  return id
}

const search = async (id: string) => (await place.db.select().from(searches).where(eq(searches.id, id)))[0]!
const matches = (id: string) => place.db.select().from(searchMatches).where(eq(searchMatches.searchId, id))

test('a selfie finds its person, and nothing of it is left anywhere', async () => {
  const id = await startSearch(selfie)
  expect((await searchSelfie(deps(), id, signal)).state).toBe('done')
  expect(await search(id)).toMatchObject({ state: 'done', photoCount: 1 })
  expect(await matches(id)).toMatchObject([{ photoId, band: 'sure' }])
  expect(await place.storage.exists(VANISHING_BUCKET, selfieKey(id))).toBe(false)
  expect((await search(id)).selfieDeletedAt).not.toBeNull()
  expect(await redis.exists(probeKey(id), facesKey(id))).toBe(0)
})

test('the same search again has the same answer', async () => {
  const id = await startSearch(selfie)
  await searchSelfie(deps(), id, signal)
  const first = await matches(id)
  await place.storage.put(VANISHING_BUCKET, selfieKey(id), selfie, { contentType: 'image/jpeg' })
  await place.db.update(searches).set({ state: 'processing', finishedAt: null }).where(eq(searches.id, id))
  await searchSelfie(deps(), id, signal)
  expect(await matches(id)).toEqual(first)
})

test('of several faces the customer chooses one, from embeddings that Redis keeps an hour at most', async () => {
  const id = await startSearch(readFileSync(groupPhoto(1)))
  expect((await searchSelfie(deps(), id, signal)).state).toBe('choose_face')
  const waiting = await search(id)
  expect(waiting.faceBoxes.length).toBeGreaterThan(1)
  expect(await redis.ttl(facesKey(id))).toBeGreaterThan(0)
  expect(await redis.ttl(facesKey(id))).toBeLessThanOrEqual(Math.min(FACES_TTL_SECONDS, 3600))
  await place.storage.delete(VANISHING_BUCKET, selfieKey(id)) // choosing must not need it
  await place.db.update(searches).set({ state: 'queued', chosenFace: 1 }).where(eq(searches.id, id))
  expect((await searchSelfie(deps(), id, signal)).state).toBe('done')
  expect(await matches(id)).toMatchObject([{ photoId, band: 'sure' }])
  expect(await redis.exists(facesKey(id))).toBe(0)
})

test('an embedding from a phone finds what the selfie finds', async () => {
  const reading = await engine.readSelfie((await decodePicture(selfie, 1600)).pixels)
  const [face] = reading.kind === 'faces' ? reading.faces : []
  const id = await startSearch(null)
  const probe = new Float32Array([...face!.embedding, face!.quality])
  await redis.set(probeKey(id), Buffer.from(probe.buffer), 'EX', 600)
  expect((await searchSelfie(deps(), id, signal)).state).toBe('done')
  expect(await matches(id)).toMatchObject([{ photoId }])
  expect(await redis.exists(probeKey(id))).toBe(0)
})

test('an answer costs ten statements when nothing has changed since the last, and none is sent twice', async () => {
  const same = deps()
  await searchSelfie(same, await startSearch(selfie), signal) // its index is warm now
  const id = await startSearch(selfie)
  const statements = watchStatements(place.db)
  expect((await searchSelfie(same, id, signal)).state).toBe('done')
  expect(statements).toHaveLength(10)
  expect(new Set(statements).size).toBe(10)
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
  await searchSelfie(deps(), id, signal)
  expect(await search(id)).toMatchObject({ state: 'failed', problemCode: code })
  expect(await place.storage.exists(VANISHING_BUCKET, selfieKey(id))).toBe(false)
})

test('a search includes a photo approved just before it, and none that was rejected just before it', async () => {
  const same = deps()
  await searchSelfie(same, await startSearch(selfie), signal) // its index is warm now
  const brighter = await sharp(readFileSync(groupPhoto(1)))
    .modulate({ brightness: 1.1 })
    .jpeg()
    .toBuffer()
  const second = await addProcessed(brighter)
  const both = await startSearch(selfie)
  await searchSelfie(same, both, signal)
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
  await searchSelfie(same, one, signal)
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
  await searchSelfie(writer, first, signal)
  await writer.indexes.settled()
  expect(broken).toBe(2)
  expect(await place.storage.exists(VANISHING_BUCKET, snapshotKey(eventId))).toBe(true)
  const reader = deps()
  const id = await startSearch(selfie)
  const outcome = await searchSelfie(reader, id, signal)
  expect(outcome.faces).toBeGreaterThan(250)
  const strip = (rows: Awaited<ReturnType<typeof matches>>) => rows.map(row => ({ ...row, searchId: '' }))
  expect(strip(await matches(id))).toEqual(strip(await matches(first)))
})
