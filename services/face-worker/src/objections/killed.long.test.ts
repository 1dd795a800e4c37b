import { killedAtEach } from '@pix/db/dying-testing.ts'
import { newId } from '@pix/db/ids.ts'
import { addSession } from '@pix/db/rows-testing.ts'
import { deletions } from '@pix/db/schema/deletions.ts'
import { hiddenFaces, keptFaces, objections } from '@pix/db/schema/objections.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { applyObjection as job } from '@pix/jobs/faces.ts'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog, testPlace, type TestPlace, testQueues, type TestQueues } from '../testing.ts'
import { applyObjection } from './apply-objection.ts'
import { enqueueObjections } from './sweep-objections.ts'

const now = () => new Date()
const model = MODEL_VERSIONS['face-api']
/** Faces of strangers: with them an event's faces are two pages to look through. */
const STRANGERS = 2_000

let place: TestPlace
let queues: TestQueues
beforeAll(async () => {
  place = await testPlace()
  queues = await testQueues(place)
})
afterAll(async () => {
  await queues[Symbol.asyncDispose]()
  await place[Symbol.asyncDispose]()
})

/** A face that is near to itself and far from the other kind. */
const embeddingOf = (whose: 'theirs' | 'stranger') =>
  Buffer.from(
    Float32Array.from({ length: 128 }, (_, i) => ((i % 2 === 0) === (whose === 'theirs') ? 1 : -1) / 8).buffer,
  )

/** An event with strangers on a photo. */
async function addStrangers() {
  const eventId = await place.addEvent()
  const photoId = await place.addPhoto(eventId, Buffer.from('a picture'))
  const box = { x: 0, y: 0, width: 0.1, height: 0.1, score: 1, quality: 1 }
  const face = { photoId, eventId, ...box, landmarks: Buffer.alloc(544), modelVersion: model }
  const strangers = Array.from({ length: STRANGERS }, newId)
  await place.db.insert(faces).values(strangers.map(id => ({ id, ...face, embedding: embeddingOf('stranger') })))
  return { eventId, face }
}

/** The objection of a person with two faces in an event: one on its first page of faces and one on its last. */
async function addObjection(kind: 'hide' | 'delete', { eventId, face }: Awaited<ReturnType<typeof addStrangers>>) {
  const { db } = place
  const embedding = embeddingOf('theirs')
  await db.delete(faces).where(and(eq(faces.eventId, eventId), eq(faces.embedding, embedding)))
  const ids = ['00000000', 'ffffffff'].map(start => start + newId().slice(start.length))
  await db.insert(faces).values(ids.map(id => ({ id, ...face, embedding })))
  const id = newId()
  const asked = { kind, locale: 'th', askedAt: new Date(Date.now() - 60_000), faceCount: 1 }
  await db.insert(objections).values({ id, eventId, searchId: newId(), sessionId: await addSession(db), ...asked })
  await db.insert(keptFaces).values({ objectionId: id, eventId, modelVersion: model, quality: 1, embedding })
  return id
}

test.each([
  ['hide', 'before'],
  ['hide', 'after'],
  ['delete', 'before'],
  ['delete', 'after'],
] as const)(
  'a worker that is to %s faces and is killed %s any of its statements leaves an objection that the next one ends, each face counted and logged once',
  async (kind, sent) => {
    const { db, settings } = place
    const strangers = await addStrangers()
    let id = await addObjection(kind, strangers)
    const look = (on: typeof db) => applyObjection({ db: on, redis: queues.redis, log: silentLog, now }, id)
    const { enqueue } = queues
    const isEnqueued = async () => {
      await enqueueObjections({ db, enqueue, now })
      const keys = await enqueue.keys(job)
      await enqueue.drain(job)
      return keys.includes(id)
    }
    const deaths = await killedAtEach({ url: settings.DATABASE_URL, db, sent }, look, async () => {
      if (await isEnqueued()) await look(db)
      expect(await isEnqueued()).toBe(false)
      const [row] = await db.select().from(objections).where(eq(objections.id, id))
      expect(row).toMatchObject({ faceCount: 3, lookedAt: expect.any(Date) })
      const left = await db.$count(faces, eq(faces.eventId, strangers.eventId))
      expect(left).toBe(kind === 'delete' ? STRANGERS : STRANGERS + 2)
      expect(await db.$count(hiddenFaces, eq(hiddenFaces.objectionId, id))).toBe(kind === 'hide' ? 2 : 0)
      const logged = await db
        .select()
        .from(deletions)
        .where(eq(sql`${deletions.what} ->> 'objectionId'`, id))
      expect(logged.flatMap(({ what }) => (what.kind === 'objection' ? what.faces : []))).toHaveLength(2)
      id = await addObjection(kind, strangers)
    })
    expect(deaths).toBeGreaterThan(10)
  },
)
