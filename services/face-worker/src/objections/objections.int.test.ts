import { newId } from '@pix/db/ids.ts'
import { hiddenFaces, keptFaces, objections } from '@pix/db/schema/objections.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { type FaceEngines, openFaceEngines } from '@pix/faces/engine.ts'
import { hasWeights } from '@pix/faces/engines-testing.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { readProbes } from '@pix/faces/index/probe-bytes.ts'
import { OBJECTOR_TTL_SECONDS, objectorKey } from '@pix/jobs/faces.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTry } from '../photos/photo-tries.ts'
import { processPhoto } from '../photos/process-photo.ts'
import { photoLimits } from '../picture/limits.ts'
import { createEventIndexes } from '../searches/event-indexes.ts'
import { answerSearch } from '../searches/answer-search.ts'
import { readSelfie } from '../searches/read-selfie.ts'
import { addSearch, cutFace, type SelfieReader, selfieReader } from '../searches/selfie-testing.ts'
import { engineOptions } from '../settings.ts'
import { groupPhoto, silentLog, testPlace, type TestPlace, type TestQueues } from '../testing.ts'
import { applyObjection } from './apply-objection.ts'

const now = () => new Date()
const { signal } = new AbortController()
let place: TestPlace
let engines: FaceEngines
let reader: SelfieReader
let redis: TestQueues['redis']
const photo = readFileSync(groupPhoto(1))
/** A face of that photo, as a selfie. */
let selfie: Buffer

beforeAll(async () => {
  place = await testPlace()
  engines = await openFaceEngines(engineOptions(place.settings))
  reader = await selfieReader(place)
  redis = reader.queues.redis
  selfie = await cutFace(place, await engines.open(engines.available[0]!), photo)
}, 300_000)
afterAll(async () => {
  await reader[Symbol.asyncDispose]()
  await engines.close()
  await place[Symbol.asyncDispose]()
})

/** The photo once more, a little darker: other bytes, the same people. */
async function addPhoto(eventId: string, brightness: number): Promise<string> {
  const bytes = await sharp(photo).modulate({ brightness }).jpeg({ quality: 92 }).toBuffer()
  const id = await place.addPhoto(eventId, bytes)
  await beginTry(place.db, id, now())
  await processPhoto({ ...place, engines, limits: photoLimits(place.settings), now }, id, signal)
  return id
}

/** Somebody shows a selfie: who searches, or who does not want to be found. */
async function search(eventId: string, forObjection: boolean) {
  const { db, storage } = place
  const { id, sessionId } = await addSearch(place, eventId, selfie, { forObjection })
  await readSelfie(reader.reading, { searchId: id, eventId, visitor: sessionId }, {})
  const indexes = createEventIndexes({ db, storage, budgetBytes: 1e8, log: silentLog })
  await answerSearch({ db, storage, redis, live: reader.queues.live, now, indexes }, id, signal)
  const matches = await db.select().from(searchMatches).where(eq(searchMatches.searchId, id))
  return {
    id,
    sessionId,
    matches,
    photos: matches
      .filter(({ band }) => band !== 'maybe')
      .map(({ photoId }) => photoId)
      .toSorted(),
  }
}

/** As the api writes it: what was found is taken out, and the face is kept. */
async function object(
  eventId: string,
  kind: 'hide' | 'delete',
  { id: searchId, sessionId, matches }: Awaited<ReturnType<typeof search>>,
) {
  const objectionId = newId()
  const { db } = place
  const asked = { kind, locale: 'th', askedAt: now(), faceCount: matches.length }
  await db.insert(objections).values({ id: objectionId, eventId, searchId, sessionId, ...asked })
  for (const bytes of Object.values(await redis.hgetallBuffer(objectorKey(searchId)))) {
    const { model, quality, embedding } = readProbes(bytes)[0]!
    await db
      .insert(keptFaces)
      .values({ objectionId, eventId, modelVersion: model, quality, embedding: Buffer.from(embedding.buffer) })
  }
  const faceIds = matches.map(({ faceId }) => faceId!)
  if (kind === 'hide') await db.insert(hiddenFaces).values(faceIds.map(faceId => ({ objectionId, eventId, faceId })))
  else for (const faceId of faceIds) await db.delete(faces).where(eq(faces.id, faceId))
  return objectionId
}

const apply = (objectionId: string) => applyObjection({ db: place.db, redis, log: silentLog, now }, objectionId)

test('the selfie of somebody who objects is read by every engine that is installed, and nothing but numbers is left of it', async () => {
  const eventId = await place.addEvent({ approval: 'all' })
  await addPhoto(eventId, 1)
  const { id, photos: found } = await search(eventId, true)

  expect(found).toHaveLength(1)
  const held = await redis.hgetallBuffer(objectorKey(id))
  expect(Object.keys(held).toSorted()).toEqual(engines.available.map(name => MODEL_VERSIONS[name]).toSorted())
  expect(Object.keys(held)).toHaveLength(hasWeights ? 2 : 1)
  for (const [model, bytes] of Object.entries(held)) {
    const [face] = readProbes(bytes)
    expect([face!.model, Math.hypot(...face!.embedding) > 0.5, face!.quality > 0]).toEqual([model, true, true])
  }
  expect(await redis.ttl(objectorKey(id))).toBeGreaterThan(0)
  expect(await redis.ttl(objectorKey(id))).toBeLessThanOrEqual(OBJECTOR_TTL_SECONDS)
  expect(await place.storage.exists(VANISHING_BUCKET, selfieKey(id))).toBe(false)
  expect((await search(eventId, false)).photos).toEqual(found)
  expect(await redis.keys('search:objector:*')).toHaveLength(1)
})

test('somebody hidden is found by nobody else: in no earlier photo, in none of a photographer’s queue, and in no later one', async () => {
  const eventId = await place.addEvent({ approval: 'all' })
  const before = await addPhoto(eventId, 1)
  const waiting = await addPhoto(eventId, 0.97)
  await place.db.update(photos).set({ approval: 'pending' }).where(eq(photos.id, waiting))
  const mine = await search(eventId, true)
  expect(mine.photos).toEqual([before])
  const people = (await place.photo(before)).faceCount

  const objectionId = await object(eventId, 'hide', mine)
  expect(await apply(objectionId)).toBe('looked_through')
  await place.db.update(photos).set({ approval: 'approved' }).where(eq(photos.id, waiting))
  const later = await addPhoto(eventId, 0.94)

  expect((await search(eventId, false)).photos).toEqual([])
  expect((await place.photo(later)).faceCount).toBe(people)
  expect(await place.db.$count(hiddenFaces, eq(hiddenFaces.objectionId, objectionId))).toBe(3)
  expect(await redis.exists(objectorKey(mine.id))).toBe(0)
  expect(await apply(objectionId)).toBe('nothing')
  // The others in the photos are found as before.
  expect(await place.db.$count(faces, eq(faces.eventId, eventId))).toBe(3 * people)
})

test('of somebody who objects no face is stored in later photos', async () => {
  const eventId = await place.addEvent({ approval: 'all' })
  const before = await addPhoto(eventId, 1)
  const people = (await place.photo(before)).faceCount
  await apply(await object(eventId, 'delete', await search(eventId, true)))
  const later = await addPhoto(eventId, 0.94)

  expect((await place.photo(later)).faceCount).toBe(people - 1)
  expect(await place.db.$count(faces, eq(faces.photoId, later))).toBe(people - 1)
  expect((await search(eventId, false)).photos).toEqual([])
})
