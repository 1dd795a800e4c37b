import { killedAtEach } from '@pix/db/dying-testing.ts'
import { newId } from '@pix/db/ids.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { crowd } from '@pix/faces/index/testing.ts'
import { groupFaces } from '@pix/jobs/faces.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEventIndexes } from '../searches/event-indexes.ts'
import { silentLog, testPlace, type TestPlace, testQueues, type TestQueues } from '../testing.ts'
import { enqueueGroupings } from './enqueue-groupings.ts'
import { groupEvent } from './group-event.ts'

const model = 'drawn'
const [PEOPLE, PHOTOS_EACH, FACES_PER_PHOTO] = [6, 4, 3]
const now = () => new Date()

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

/** An event of drawn people, for which an admin asked who is who. @returns its id, and who each face is */
async function addCrowd() {
  const { db } = place
  const admin = newId()
  const person = { id: admin, email: `${admin}@test`, name: 'A', passwordHash: '-' }
  await db.insert(users).values({ ...person, role: 'platform_admin' })
  const basis = { faceSearchWording: 'Faces are searched.', faceSearchBy: admin, faceSearchAt: now() }
  const eventId = await place.addEvent({ ...basis, faceModel: model, indexRevision: 1 })
  const drawn = crowd(23, PEOPLE, PHOTOS_EACH, FACES_PER_PHOTO)
  const photoIds = new Map<string, string>()
  const processed = { width: 100, height: 100, processedAt: now(), indexRevision: 1 }
  for (const name of new Set(drawn.faces.map(face => face.photoId))) {
    const columns = { state: 'processed', approval: 'approved', ...processed } as const
    photoIds.set(name, await place.addPhoto(eventId, Buffer.from(name), columns))
  }
  const box = { x: 0, y: 0, width: 0.1, height: 0.1, landmarks: Buffer.alloc(544), score: 1, modelVersion: model }
  await db.insert(faces).values(
    drawn.faces.map(({ photoId, quality, embedding }) => ({
      id: newId(),
      photoId: photoIds.get(photoId)!,
      eventId,
      quality,
      ...box,
      embedding: Buffer.from(embedding.buffer),
    })),
  )
  await db.insert(eventPeople).values({ eventId, askedBy: admin, askedAt: now() })
  return eventId
}

test.each(['before', 'after'] as const)(
  'a worker killed %s any of its statements about who is who has written all of it or nothing, and the next one writes it',
  async sent => {
    const { db, storage, settings } = place
    const eventId = await addCrowd()
    const group = (on: typeof db) =>
      groupEvent(
        { db: on, now, indexes: createEventIndexes({ db: on, storage, budgetBytes: 1e8, log: silentLog }) },
        eventId,
      )
    const asked = async () => (await db.select().from(eventPeople).where(eq(eventPeople.eventId, eventId)))[0]!
    const people = async () => {
      const rows = await db
        .select({ id: faces.personId })
        .from(faces)
        .where(eq(faces.eventId, eventId))
        .orderBy(faces.id)
      return rows.map(({ id }) => id)
    }
    const { enqueue } = queues
    const isEnqueued = async () => {
      await enqueueGroupings({ db, enqueue, now })
      const keys = await enqueue.keys(groupFaces)
      await enqueue.drain(groupFaces)
      return keys.includes(eventId)
    }
    const forget = async () => {
      await db.update(eventPeople).set({ revision: null, groupedAt: null }).where(eq(eventPeople.eventId, eventId))
      await db.update(faces).set({ personId: null }).where(eq(faces.eventId, eventId))
    }
    await group(db)
    const whole = await people()
    expect(new Set(whole).size).toBeGreaterThan(PEOPLE - 1)
    await forget()
    const deaths = await killedAtEach({ url: settings.DATABASE_URL, db, sent }, group, async () => {
      const isWritten = (await asked()).revision !== null
      expect(await people()).toEqual(isWritten ? whole : whole.map(() => null))
      expect(await isEnqueued()).toBe(!isWritten)
      expect((await group(db)).state).toBe(isWritten ? 'unchanged' : 'grouped')
      expect(await people()).toEqual(whole)
      expect(await isEnqueued()).toBe(false)
      await forget()
    })
    expect(deaths).toBeGreaterThan(6)
  },
)
