import { newId } from '@pix/db/ids.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { groupFaces } from '@pix/jobs/faces.ts'
import { eq, sql } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { photoLimits } from '../picture/limits.ts'
import { beginTry } from '../photos/photo-tries.ts'
import { processPhoto } from '../photos/process-photo.ts'
import { createEventIndexes } from '../searches/event-indexes.ts'
import { enginesOf, groupPhoto, silentLog, testPlace, type TestPlace, testQueues } from '../testing.ts'
import { createGroupAnswers } from './answer-groupings.ts'
import { groupEvent } from './group-event.ts'
import { enqueueGroupings } from './enqueue-groupings.ts'

const now = () => new Date()
/** Each of these starts a process, which takes its time where others work too. */
const LIMIT = { timeout: 400_000 }
const { signal } = new AbortController()
let place: TestPlace
let engine: FaceEngine
let admin: string
let eventId: string
/** Three people, the same three in other light, and five others. */
let first: string
let again: string
let others: string

beforeAll(async () => {
  place = await testPlace()
  engine = await createFaceEngine({ engine: 'face-api', runtime: 'auto', cacheDir: place.settings.FACE_CACHE_DIR })
  admin = newId()
  await place.db
    .insert(users)
    .values({ id: admin, email: 'a@test', name: 'A', role: 'platform_admin', passwordHash: '-' })
})
afterAll(async () => {
  await engine.close()
  await place[Symbol.asyncDispose]()
})
beforeEach(async () => {
  const basis = { faceSearchWording: 'Faces are searched.', faceSearchBy: admin, faceSearchAt: now() }
  eventId = await place.addEvent({ approval: 'all', ...basis })
  first = await addProcessed(readFileSync(groupPhoto(1)))
  again = await addProcessed(await changed(1.15))
  others = await addProcessed(readFileSync(groupPhoto(5)))
  await place.db.insert(eventPeople).values({ eventId, askedBy: admin, askedAt: now() })
})

const changed = (brightness: number) =>
  sharp(readFileSync(groupPhoto(1)))
    .modulate({ brightness })
    .jpeg()
    .toBuffer()

async function addProcessed(bytes: Buffer): Promise<string> {
  const id = await place.addPhoto(eventId, bytes)
  await beginTry(place.db, id, now())
  await processPhoto({ ...place, engines: enginesOf(engine), limits: photoLimits(place.settings), now }, id, signal)
  return id
}

/** With an index of its own, as every process has. */
function group() {
  const { db, storage } = place
  return groupEvent(
    { db, now, indexes: createEventIndexes({ db, storage, budgetBytes: 1e8, log: silentLog }) },
    eventId,
  )
}

/** The people in a photo, from left to right. */
async function peopleIn(photoId: string): Promise<(string | null)[]> {
  const rows = await place.db.select().from(faces).where(eq(faces.photoId, photoId)).orderBy(faces.x)
  return rows.map(row => row.personId)
}

/** As the api does it. */
const decide = (photoId: string, columns: Partial<typeof photos.$inferInsert>) =>
  place.db.transaction(async tx => {
    const raised = { indexRevision: sql`${events.indexRevision} + 1` }
    const [event] = await tx.update(events).set(raised).where(eq(events.id, eventId)).returning()
    await tx
      .update(photos)
      .set({ ...columns, indexRevision: event!.indexRevision })
      .where(eq(photos.id, photoId))
  })

const asked = async () => (await place.db.select().from(eventPeople).where(eq(eventPeople.eventId, eventId)))[0]!

test('the same people in two photos are the same, and strangers are others', async () => {
  expect(await group()).toEqual({ state: 'grouped', faces: 11, people: 8 })
  const [three, five] = [await peopleIn(first), await peopleIn(others)]
  expect(new Set(three)).not.toContain(null)
  expect(await peopleIn(again)).toEqual(three)
  expect(new Set([...three, ...five]).size).toBe(8)
})

test('for the same faces nothing changes, and photos that arrive leave everybody their id', async () => {
  await group()
  const before = [await peopleIn(first), await peopleIn(others)]
  expect((await group()).state).toBe('unchanged')
  const third = await addProcessed(await changed(0.85))
  expect(await group()).toMatchObject({ state: 'grouped', faces: 14, people: 8 })
  expect(await peopleIn(third)).toEqual(before[0])
  expect([await peopleIn(first), await peopleIn(others)]).toEqual(before)
})

test('a photo that is rejected or deleted takes its faces out, also those that people are named after', async () => {
  await group()
  const three = await peopleIn(first)
  await decide(others, { approval: 'rejected', rejectReason: 'asked to' })
  await place.db.delete(photos).where(eq(photos.id, first))
  expect(await group()).toMatchObject({ state: 'grouped', faces: 3, people: 3 })
  expect(await peopleIn(others)).toEqual([null, null, null, null, null])
  expect(await peopleIn(again)).toEqual(three)
})

test('without an admin who asked, or a basis on record, nobody is grouped', async () => {
  await place.db
    .update(events)
    .set({ faceSearchWording: null, faceSearchBy: null, faceSearchAt: null })
    .where(eq(events.id, eventId))
  expect((await group()).state).toBe('not_asked')
  await place.db.delete(eventPeople).where(eq(eventPeople.eventId, eventId))
  expect((await group()).state).toBe('not_asked')
  expect(await peopleIn(first)).toEqual([null, null, null])
})

test('of two groupings at once one writes', async () => {
  const states = (await Promise.all([group(), group()])).map(outcome => outcome.state)
  expect(states.sort()).toEqual(['grouped', 'unchanged'])
})

test('the sweep enqueues what changed, once a minute, and a process of its own answers', LIMIT, async () => {
  await using queues = await testQueues(place)
  const { redis, enqueue } = queues
  /** So long after the last try, if there was one. */
  const isEnqueued = async (seconds: number) => {
    await redis.flushdb()
    const tried = (await asked()).triedAt ?? now()
    await enqueueGroupings({ db: place.db, enqueue, now: () => new Date(tried.getTime() + seconds * 1_000) })
    return (await enqueue.keys(groupFaces)).includes(eventId)
  }
  const groupings = createGroupAnswers({ ...place, log: silentLog, now })

  expect(await isEnqueued(0)).toBe(true)
  await groupings.answer(eventId)
  expect(await asked()).toMatchObject({ attempts: 0, revision: 3 })
  expect(await peopleIn(again)).toEqual(await peopleIn(first))
  expect(await isEnqueued(100)).toBe(false)
  await decide(others, { approval: 'rejected', rejectReason: 'asked to' })
  expect([await isEnqueued(30), await isEnqueued(100)]).toEqual([false, true])
  await place.db.update(eventPeople).set({ attempts: 3 }).where(eq(eventPeople.eventId, eventId))
  expect(await isEnqueued(100)).toBe(false)
})

test('a worker that stops ends a grouping and does not count it', LIMIT, async () => {
  const groupings = createGroupAnswers({ ...place, log: silentLog, now })
  await place.db.transaction(async tx => {
    await tx.execute(sql`lock table faces in access exclusive mode`) // it cannot be done before it is stopped
    const answered = groupings.answer(eventId)
    await expect.poll(async () => (await asked()).attempts).toBe(1)
    await groupings.stop()
    await answered
  })
  expect(await asked()).toMatchObject({ attempts: 0, revision: null })
})
