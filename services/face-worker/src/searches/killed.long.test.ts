import { killedAtEach } from '@pix/db/dying-testing.ts'
import type { Db } from '@pix/db/client.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { facesKey, probeKey, readSelfies, searchFaces } from '@pix/jobs/faces.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTry } from '../photos/photo-tries.ts'
import { processPhoto } from '../photos/process-photo.ts'
import { photoLimits } from '../picture/limits.ts'
import { enginesOf, groupPhoto, silentLog, testPlace, type TestPlace } from '../testing.ts'
import { answerSearch } from './answer-search.ts'
import { createEventIndexes } from './event-indexes.ts'
import { readSelfie } from './read-selfie.ts'
import { addSearch, cutFace, type SelfieReader, selfieReader } from './selfie-testing.ts'
import { enqueueSearches, forgetSearches } from './sweep-searches.ts'

const now = () => new Date()
/** When a sweep looks for what nobody answered. */
const later = () => new Date(Date.now() + 30_000)
const LIMIT = { timeout: 600_000 }

let place: TestPlace
let engine: FaceEngine
let reader: SelfieReader
let eventId: string
let photoId: string
let selfie: Buffer
beforeAll(async () => {
  place = await testPlace()
  const { settings, db } = place
  engine = await createFaceEngine({ engine: 'face-api', runtime: 'auto', cacheDir: settings.FACE_CACHE_DIR })
  reader = await selfieReader(place)
  const photo = readFileSync(groupPhoto(1))
  eventId = await place.addEvent({ approval: 'all' })
  photoId = await place.addPhoto(eventId, photo)
  await beginTry(db, photoId, now())
  await processPhoto(
    { ...place, engines: enginesOf(engine), limits: photoLimits(settings), now },
    photoId,
    reader.reading.stopping,
  )
  selfie = await cutFace(place, engine, photo)
})
afterAll(async () => {
  await reader[Symbol.asyncDispose]()
  await engine.close()
  await place[Symbol.asyncDispose]()
})

const row = async (id: string) => (await place.db.select().from(searches).where(eq(searches.id, id)))[0]!

interface Search {
  id: string
  sessionId: string
}

const begin = (bytes: Buffer): Promise<Search> => addSearch(place, eventId, bytes)
const read = (db: Db, { id, sessionId }: Search) =>
  readSelfie({ ...reader.reading, db }, { searchId: id, eventId, visitor: sessionId }, {})

/** What other workers do once one was killed: its jobs are lost, the sweeps come round, and the queues are worked off. */
async function goOn(search: Search): Promise<void> {
  const { db, storage } = place
  const { reading, queues } = reader
  const { redis, enqueue } = queues
  await Promise.all([enqueue.drain(readSelfies), enqueue.drain(searchFaces)])
  await enqueueSearches({ ...reading, now: later, searchWorkers: { queues: async () => [] } })
  if ((await enqueue.keys(readSelfies)).includes(search.id)) await read(db, search)
  const indexes = createEventIndexes({ db, storage, budgetBytes: 1e8, log: silentLog })
  if ((await enqueue.keys(searchFaces)).includes(search.id))
    await answerSearch({ db, storage, redis, live: queues.live, now, indexes }, search.id, reading.stopping)
  await forgetSearches({ ...reading, now: later })
}

async function isForgotten(id: string): Promise<void> {
  expect((await row(id)).selfieDeletedAt).not.toBeNull()
  expect(await place.storage.exists(VANISHING_BUCKET, selfieKey(id))).toBe(false)
  expect(await reader.queues.redis.exists(probeKey(id), facesKey(id))).toBe(0)
}

test.each(['before', 'after'] as const)(
  'a worker killed %s any of its statements about a selfie leaves one that others answer, and nothing of it stays',
  LIMIT,
  async sent => {
    const { db, settings } = place
    let search = await begin(selfie)
    const deaths = await killedAtEach(
      { url: settings.DATABASE_URL, db, sent },
      dying => read(dying, search),
      async () => {
        await goOn(search)
        expect(await row(search.id)).toMatchObject({ state: 'done', photoCount: 1 })
        const found = await db.select().from(searchMatches).where(eq(searchMatches.searchId, search.id))
        expect(found).toMatchObject([{ photoId, band: 'sure' }])
        await isForgotten(search.id)
        search = await begin(selfie)
      },
    )
    expect(deaths).toBeGreaterThan(0)
  },
)

test.each(['before', 'after'] as const)(
  'a worker killed %s any of its statements about a picture without a face leaves one that others answer, and nothing of it stays',
  LIMIT,
  async sent => {
    const { db, settings } = place
    const wall = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#aabbcc' } })
      .jpeg()
      .toBuffer()
    let search = await begin(wall)
    const deaths = await killedAtEach(
      { url: settings.DATABASE_URL, db, sent },
      dying => read(dying, search),
      async () => {
        await goOn(search)
        expect(await row(search.id)).toMatchObject({ state: 'failed', problemCode: 'no_face_found' })
        await isForgotten(search.id)
        search = await begin(wall)
      },
    )
    expect(deaths).toBeGreaterThan(4)
  },
)
