import { newId } from '@pix/db/ids.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { probeKey } from '@pix/jobs/faces.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ChildDied, createChildPool } from '../children/child-pool.ts'
import { silentLog, testPlace, type TestPlace } from '../testing.ts'
import type { SearchPool } from './answer-searches.ts'

let place: TestPlace
let pool: SearchPool
let redis: ReturnType<typeof connectRedis>

beforeAll(async () => {
  place = await testPlace({ SEARCH_PROCESSES: '2' })
  const script = new URL('search-child.ts', import.meta.url)
  const { settings } = place
  const limits = { softMs: 60_000, hardMs: 60_000 }
  pool = createChildPool({ script, settings, size: settings.SEARCH_PROCESSES, ...limits, log: silentLog })
  redis = connectRedis(place.settings.REDIS_URL, 'producer', () => undefined)
  await redisReady(redis)
})
// One work each, on which it waits until it is up: a search that nobody asked for.
beforeEach(() => Promise.all([newId(), newId()].map(id => pool.run(id))))
afterAll(async () => {
  await pool.stop()
  redis.disconnect()
  await place[Symbol.asyncDispose]()
})

const embedding = new Float32Array(128).map((_, i) => Math.sin(i) / 10)
const bytes = (numbers: Float32Array) => Buffer.from(numbers.buffer)

async function addEvent(): Promise<{ eventId: string; photoId: string }> {
  const eventId = await place.addEvent({ indexRevision: 1 })
  return { eventId, photoId: await addPhoto(eventId) }
}

/** On sale, with one face. */
async function addPhoto(eventId: string): Promise<string> {
  const processed = {
    state: 'processed',
    approval: 'approved',
    width: 10,
    height: 10,
    processedAt: new Date(),
  } as const
  const photoId = await place.addPhoto(eventId, Buffer.from(newId()), { ...processed, indexRevision: 1 })
  const box = { x: 0, y: 0, width: 1, height: 1, landmarks: Buffer.alloc(544) }
  const face = {
    id: newId(),
    photoId,
    eventId,
    embedding: bytes(embedding),
    modelVersion: MODEL_VERSIONS['face-api'],
    score: 1,
    quality: 0.9,
  }
  await place.db.insert(faces).values({ ...box, ...face })
  return photoId
}

/** A search by the event's face. @returns who answered, among how many faces, and what was found */
async function search(eventId: string) {
  const id = await place.addSearch(eventId)
  await redis.set(probeKey(id), writeProbes([{ embedding, quality: 0.9 }], MODEL_VERSIONS['face-api']), 'EX', 600)
  const { pid, state, faces: searched } = await pool.run(id, eventId)
  const found = await place.db.select().from(searchMatches).where(eq(searchMatches.searchId, id))
  return { pid, state, searched, photos: found.map(match => match.photoId) }
}

test('an event is answered by the process that holds its index, and by another while that one is gone', async () => {
  const events = await Promise.all(Array.from({ length: 16 }, addEvent))
  const pids = new Map<string, number>()
  for (const { eventId, photoId } of events) {
    const { pid, ...answer } = await search(eventId)
    expect(answer).toEqual({ state: 'done', searched: 1, photos: [photoId] })
    pids.set(eventId, pid)
  }
  expect(new Set(pids.values())).toEqual(new Set(pool.pids()))
  for (const { eventId } of events) expect((await search(eventId)).pid).toBe(pids.get(eventId))

  const [{ eventId, photoId } = events[0]!] = events
  const gone = pids.get(eventId)!
  process.kill(gone, 'SIGKILL')
  await expect.poll(() => pool.pids()).not.toContain(gone)
  const { pid, ...answer } = await search(eventId)
  expect(answer).toEqual({ state: 'done', searched: 1, photos: [photoId] })
  expect(pid).not.toBe(gone)
})

const photo = (id: string) => eq(photos.id, id)
/** The application learns of none of them, and none raises the event's revision by itself. */
const waysOut: Record<string, (id: string) => Promise<unknown>> = {
  'its row is deleted': id => place.db.delete(photos).where(photo(id)),
  'its faces are deleted': id => place.db.delete(faces).where(eq(faces.photoId, id)),
  'it is rejected': id => place.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked' }).where(photo(id)),
  'it is taken back': id => place.db.update(photos).set({ approval: 'pending' }).where(photo(id)),
  'it is taken back to be processed again': id =>
    place.db.update(photos).set({ approval: 'pending', state: 'queued' }).where(photo(id)),
}

test.each(Object.entries(waysOut))(
  'a process that holds the index of an event no longer searches a photo once %s',
  async (_, takeOut) => {
    const { eventId, photoId: staying } = await addEvent()
    const leaving = await addPhoto(eventId)
    const before = await search(eventId)
    expect({ ...before, photos: before.photos.toSorted() }).toMatchObject({
      searched: 2,
      photos: [leaving, staying].sort(),
    })
    await takeOut(leaving)
    expect(await search(eventId)).toEqual({ pid: before.pid, state: 'done', searched: 1, photos: [staying] })
  },
)

test('a search process takes the kernel from its parent and compiles none: with another one it cannot start', async () => {
  const script = new URL('search-child.ts', import.meta.url)
  const kernel = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) // a module without anything
  const settings = { ...place.settings, kernel }
  const other = createChildPool({ script, settings, size: 1, softMs: 60_000, hardMs: 60_000, log: silentLog })
  await expect(other.about()).rejects.toThrow(ChildDied)
  await other.stop()
})
