import { newId } from '@pix/db/ids.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { watchStatements } from '@pix/db/testing.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { LIVE_PROBE_TTL_SECONDS, liveProbeKey, probeKey } from '@pix/jobs/faces.ts'
import { createLive, type Live } from '@pix/platform/live.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createChildPool } from '../children/child-pool.ts'
import { silentLog, testPlace, type TestPlace } from '../testing.ts'
import type { SearchPool } from './answer-searches.ts'
import { lookForNews } from './look-for-news.ts'
import { recordNews } from './record-answer.ts'

const MODEL = MODEL_VERSIONS['face-api']
let place: TestPlace
let pool: SearchPool
let redis: ReturnType<typeof connectRedis>
let live: Live

beforeAll(async () => {
  place = await testPlace({ SEARCH_PROCESSES: '1' })
  const script = new URL('search-child.ts', import.meta.url)
  const { settings } = place
  pool = createChildPool({ script, settings, size: 1, softMs: 60_000, hardMs: 60_000, log: silentLog })
  redis = connectRedis(settings.REDIS_URL, 'producer', () => undefined)
  await redisReady(redis)
  live = createLive(redis, () => undefined)
  await pool.run(newId())
})
afterAll(async () => {
  live.close()
  await pool.stop()
  redis.disconnect()
  await place[Symbol.asyncDispose]()
})

const mine = new Float32Array(128).map((_, i) => Math.sin(i) / 10)
const stranger = new Float32Array(128).map((_, i) => Math.cos(i * 7) / 5)

/** On sale, with one face; it raises the event's revision, as an approval does. */
async function addPhoto(eventId: string, embedding: Float32Array): Promise<string> {
  const [event] = await place.db.select({ revision: events.indexRevision }).from(events).where(eq(events.id, eventId))
  const indexRevision = event!.revision + 1
  const processed = {
    state: 'processed',
    approval: 'approved',
    width: 10,
    height: 10,
    processedAt: new Date(),
  } as const
  const photoId = await place.addPhoto(eventId, Buffer.from(newId()), { ...processed, indexRevision })
  const box = { x: 0, y: 0, width: 1, height: 1, landmarks: Buffer.alloc(544), score: 1, quality: 0.9 }
  const numbers = { embedding: Buffer.from(embedding.buffer), modelVersion: MODEL }
  await place.db.insert(faces).values({ id: newId(), photoId, eventId, ...box, ...numbers })
  await place.db.update(events).set({ indexRevision }).where(eq(events.id, eventId))
  return photoId
}

async function found(values: Partial<typeof searches.$inferInsert> = {}) {
  const eventId = await place.addEvent()
  const first = await addPhoto(eventId, mine)
  const id = await place.addSearch(eventId)
  if (Object.keys(values).length > 0) await place.db.update(searches).set(values).where(eq(searches.id, id))
  await redis.set(probeKey(id), writeProbes([{ embedding: mine, quality: 0.9 }], MODEL), 'EX', 600)
  await pool.run(id, eventId)
  return { id, eventId, first }
}

const photosOf = async (id: string) =>
  (await place.db.select().from(searchMatches).where(eq(searchMatches.searchId, id))).map(({ photoId }) => photoId)

const began = Date.now()
const looked = new Map<string, number>()

/** One round of a worker that is alone. @returns the searches that it looked for */
async function round(seconds = 0): Promise<string[]> {
  const asked: string[] = []
  const now = () => new Date(began + seconds * 1_000)
  const watched: SearchPool = {
    ...pool,
    run(task, key) {
      if (typeof task !== 'string' && 'newsOf' in task) asked.push(task.newsOf)
      return pool.run(task, key)
    },
  }
  const searchWorkers = { preferring: async (eventIds: readonly string[]) => new Set(eventIds) }
  await lookForNews({ ...place, live, log: silentLog, now, pool: watched, searchWorkers, looked })
  return asked
}

async function follow(id: string): Promise<{ hints: () => number; end: () => void }> {
  let hints = 0
  const subscription = live.subscribe(`search:${id}`, () => (hints += 1))
  await subscription.standing
  return { hints: () => hints, end: () => subscription.end() }
}

test('a photo that comes while its person has the results open is added to them, and the page gets a hint', async () => {
  const { id, eventId, first } = await found()
  expect(await redis.ttl(liveProbeKey(id))).toBeLessThanOrEqual(LIVE_PROBE_TTL_SECONDS)
  expect(await redis.exists(probeKey(id))).toBe(0)
  const page = await follow(id)
  const news = await addPhoto(eventId, mine)
  await addPhoto(eventId, stranger)

  await round()

  expect((await photosOf(id)).toSorted()).toEqual([first, news].toSorted())
  await expect.poll(page.hints).toBe(1)
  await round()
  expect(page.hints()).toBe(1)
  page.end()
})

test('of more open results than a round takes all are looked for within two, and each rests before it is looked for again', async () => {
  const { eventId } = await found()
  const raise = () =>
    place.db
      .update(events)
      .set({ indexRevision: sql`${events.indexRevision} + 1` })
      .where(eq(events.id, eventId))
  const pages: Awaited<ReturnType<typeof follow>>[] = []
  const ids = new Set<string>()
  const liveUntil = new Date(began + 600_000)
  while (ids.size < 201) {
    const id = await place.addSearch(eventId)
    await place.db.update(searches).set({ state: 'done', liveUntil }).where(eq(searches.id, id))
    await redis.set(liveProbeKey(id), writeProbes([{ embedding: stranger, quality: 0.9 }], MODEL), 'EX', 600)
    pages.push(await follow(id))
    ids.add(id)
  }

  await raise()
  const first = await round()
  await raise()
  const second = await round(3)
  await raise()

  expect([first.length, second.length, new Set([...first, ...second])]).toEqual([200, 1, ids])
  expect(await round(6)).toEqual([])
  expect((await round(10)).toSorted()).toEqual(first.toSorted())
  for (const page of pages) page.end()
})

test('a look that finds nothing new costs two statements, however much was found before', async () => {
  const { id, first } = await found()
  const [match] = await place.db.select().from(searchMatches).where(eq(searchMatches.searchId, id))
  const again = { ...match!, faceId: match!.faceId!, quality: 0.9 }
  const statements = watchStatements(place.db)
  expect(await recordNews(place.db, id, { matches: [again], revision: 7 })).toBe(0)
  expect(statements).toHaveLength(2)
  const [search] = await place.db.select().from(searches).where(eq(searches.id, id))
  expect(search).toMatchObject({ photoCount: 1, seenRevision: 7 })
  expect(await photosOf(id)).toEqual([first])
})

test('what its person said of earlier photos stays as it was', async () => {
  const { id, eventId, first } = await found()
  const said = { hidden: true, picked: false, band: 'maybe', confidence: 0.5 } as const
  await place.db.update(searchMatches).set(said).where(eq(searchMatches.photoId, first))
  const page = await follow(id)
  await addPhoto(eventId, mine)
  await round()
  const [kept] = await place.db.select().from(searchMatches).where(eq(searchMatches.photoId, first))
  expect(kept).toMatchObject(said)
  expect(await photosOf(id)).toHaveLength(2)
  page.end()
})

test('nothing is compared for results that nobody has open', async () => {
  const { id, eventId, first } = await found()
  await addPhoto(eventId, mine)
  await round()
  expect(await photosOf(id)).toEqual([first])
})

test('after an hour, and of somebody who objects, no face is kept and nothing is compared', async () => {
  const early = new Date(Date.now() - LIVE_PROBE_TTL_SECONDS * 1_000 - 1_000)
  for (const values of [{ createdAt: early }, { forObjection: true }]) {
    const { id, eventId, first } = await found(values)
    expect(await redis.exists(liveProbeKey(id))).toBe(0)
    const page = await follow(id)
    await addPhoto(eventId, mine)
    await round()
    expect(await photosOf(id)).toEqual([first])
    page.end()
  }
})

test('a search that is withdrawn meanwhile gets nothing', async () => {
  const { id, eventId } = await found()
  const page = await follow(id)
  await addPhoto(eventId, mine)
  await place.db.delete(searches).where(eq(searches.id, id))
  await round()
  expect(await photosOf(id)).toEqual([])
  expect(page.hints()).toBe(0)
  page.end()
})
