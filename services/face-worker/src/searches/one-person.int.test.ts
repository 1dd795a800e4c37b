import { newId } from '@pix/db/ids.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { quote, type QuotePackage } from '@pix/domain/quote.ts'
import type { Probe } from '@pix/faces/judge/find-matches.ts'
import { crowd, meanEmbedding } from '@pix/faces/index/testing.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { probeKey } from '@pix/jobs/faces.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog, testPlace, type TestPlace } from '../testing.ts'
import { createEventIndexes } from './event-indexes.ts'
import { answerSearch, type SearchDeps } from './answer-search.ts'

const PACKAGES: QuotePackage[] = [
  { id: 'single', kind: 'single', photoCount: 1, price: 6_000 },
  { id: 'bundle', kind: 'bundle', photoCount: 5, price: 25_000 },
  { id: 'unlimited', kind: 'unlimited', photoCount: null, price: 50_000 },
]
const [PEOPLE, PHOTOS_EACH, FACES_PER_PHOTO] = [23, 7, 4]
const modelVersion = 'drawn'

let place: TestPlace
let redis: SearchDeps['redis']
let eventId: string
/** By the number that drawn faces call their photo. */
const photoIds = new Map<string, string>()
const drawn = crowd(23, PEOPLE, PHOTOS_EACH, FACES_PER_PHOTO)

beforeAll(async () => {
  place = await testPlace()
  redis = connectRedis(place.settings.REDIS_URL, 'producer', () => undefined)
  await redisReady(redis)
  eventId = await place.addEvent()
  const processed = { width: 100, height: 100, processedAt: new Date() }
  for (const name of new Set(drawn.faces.map(face => face.photoId))) {
    const columns = { state: 'processed', approval: 'approved', indexRevision: 1, ...processed } as const
    photoIds.set(name, await place.addPhoto(eventId, Buffer.from(name), columns))
  }
  const box = { x: 0, y: 0, width: 0.1, height: 0.1, landmarks: Buffer.alloc(544), score: 1 }
  await place.db.insert(faces).values(
    drawn.faces.map(({ photoId, quality, embedding }) => ({
      id: newId(),
      photoId: photoIds.get(photoId)!,
      eventId,
      ...box,
      embedding: Buffer.from(embedding.buffer),
      modelVersion,
      quality,
    })),
  )
})
afterAll(async () => {
  redis.disconnect()
  await place[Symbol.asyncDispose]()
})

/** What the event's photos cost the visitor of this search, and how many of them it is sure of or finds likely. */
async function offerAfter({ embedding, quality }: Probe) {
  const searchId = await place.addSearch(eventId)
  await redis.set(probeKey(searchId), writeProbes([{ embedding, quality }], modelVersion), 'EX', 600)
  const { db, storage } = place
  const indexes = createEventIndexes({ db, storage, budgetBytes: 1e8, log: silentLog })
  const deps = { db, storage, redis, live: { publish: async () => undefined }, indexes, now: () => new Date() }
  expect((await answerSearch(deps, searchId, AbortSignal.timeout(60_000))).state).toBe('done')
  await indexes.settled()
  const rows = await db
    .select({ photoId: searchMatches.photoId })
    .from(searchMatches)
    .where(and(eq(searchMatches.searchId, searchId), inArray(searchMatches.band, ['sure', 'likely'])))
  const found = new Set(rows.map(row => row.photoId))
  const all = [...photoIds.values()].map(photoId => ({
    photoId,
    eventId,
    searchIds: found.has(photoId) ? [searchId] : [],
  }))
  const own = all.filter(photo => found.has(photo.photoId))
  const searches = [{ id: searchId, matches: found.size }]
  return {
    found: found.size,
    everything: quote(all, PACKAGES, { searches })!,
    own: quote(own, PACKAGES, { searches, choice: 'unlimited' }),
  }
}

test('the mean of an event’s faces does not buy the event with one Unlimited', async () => {
  const embedding = meanEmbedding(drawn.faces.map(face => face.embedding))
  const { found, everything } = await offerAfter({ embedding, quality: 1 })
  expect(found).toBeLessThanOrEqual(PHOTOS_EACH + 2)
  expect(everything.unlimited).toBeNull()
  const beyond = photoIds.size - (PHOTOS_EACH + 2) - 5
  expect(everything.chosen.total).toBeGreaterThanOrEqual(50_000 + Math.floor(beyond / 5) * 25_000)
})

test('one person still gets all of their photos with one Unlimited', async () => {
  for (const person of [0, 1, 2]) {
    const { found, own } = await offerAfter(drawn.probes[person]!)
    expect(found).toBeGreaterThanOrEqual(PHOTOS_EACH - 2)
    expect(own?.choiceFits).toBe(true)
    expect(own?.chosen.total).toBe(50_000)
  }
})
