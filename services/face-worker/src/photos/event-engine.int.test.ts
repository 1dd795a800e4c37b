import { events } from '@pix/db/schema/events.ts'
import { faces } from '@pix/db/schema/photos.ts'
import type { FaceEngines } from '@pix/faces/engine.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { processPhoto as job } from '@pix/jobs/photos.ts'
import { eq } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPriorityLimiter } from '../rereads/priority-limiter.ts'
import { photoLimits } from '../picture/limits.ts'
import { groupPhoto, silentLog, testEngines, testPlace, type TestPlace, testQueues } from '../testing.ts'
import { createPhotoAnswers, type PhotoPool } from './answer-photos.ts'
import { modelsOf } from './engine-for.ts'
import { feedPhotos } from './feed-photos.ts'
import type { PhotoWork } from './photo-child.ts'
import { beginTry } from './photo-tries.ts'
import { processPhoto } from './process-photo.ts'

const now = () => new Date()
const { signal } = new AbortController()
let place: TestPlace
/** The engines of a worker that has both, and of one that has no weights. */
let both: FaceEngines
let poor: FaceEngines
beforeAll(async () => {
  place = await testPlace()
  both = await testEngines(place, ['sface', 'face-api'])
  poor = await testEngines(place, ['face-api'])
})
afterAll(async () => {
  await Promise.all([both.close(), poor.close()])
  await place[Symbol.asyncDispose]()
})

const photo = readFileSync(groupPhoto(1))
/** Other bytes of the same picture: an event takes the same bytes once. */
const copy = () => Buffer.concat([photo, Buffer.from(String(Math.random()))])
const deps = (engines: FaceEngines) => ({ ...place, engines, limits: photoLimits(place.settings), now })
const modelOf = async (eventId: string) =>
  (await place.db.select().from(events).where(eq(events.id, eventId)))[0]!.faceModel
const modelsIn = async (photoId: string) =>
  new Set((await place.db.select().from(faces).where(eq(faces.photoId, photoId))).map(face => face.modelVersion))

async function add(eventId: string): Promise<string> {
  const id = await place.addPhoto(eventId, copy())
  await beginTry(place.db, id, now())
  return id
}

test('an event is read with the engine of its first photo, whatever a later worker prefers', async () => {
  const eventId = await place.addEvent()
  expect(await modelOf(eventId)).toBeNull()
  await processPhoto(deps(poor), await add(eventId), signal)
  expect(await modelOf(eventId)).toBe(MODEL_VERSIONS['face-api'])
  const second = await add(eventId)
  expect(await processPhoto(deps(both), second, signal)).toMatchObject({ kind: 'processed' })
  expect(await modelsIn(second)).toEqual(new Set([MODEL_VERSIONS['face-api']]))
})

test('of two workers that decide at once for an event one is right, and its photos are all read alike', async () => {
  const eventId = await place.addEvent()
  const [one, other] = [await add(eventId), await add(eventId)]
  await Promise.all([processPhoto(deps(both), one, signal), processPhoto(deps(poor), other, signal)])
  const model = await modelOf(eventId)
  // The one that lacks the engine decided on has left its photo to the other.
  for (const id of [one, other]) {
    const { state } = await place.photo(id)
    expect(await modelsIn(id)).toEqual(state === 'processed' ? new Set([model]) : new Set())
  }
  expect((await place.photo(one)).state).toBe('processed')
})

test('a worker without the engine of an event leaves its photos waiting, without counting a try', async () => {
  const eventId = await place.addEvent({ faceModel: MODEL_VERSIONS.sface })
  const id = await place.addPhoto(eventId, copy())
  await using queues = await testQueues(place)
  const { enqueue, live } = queues
  const pool = { run: ({ photoId }: PhotoWork) => processPhoto(deps(poor), photoId, signal) } as unknown as PhotoPool
  const answers = createPhotoAnswers({
    db: place.db,
    pool,
    limiter: createPriorityLimiter(1),
    live,
    log: silentLog,
    now,
  })

  await answers.answer(id)
  expect(await place.photo(id)).toMatchObject({ state: 'queued', attempts: 0, failure: null })
  const feed = (engines: FaceEngines) => feedPhotos({ db: place.db, enqueue, now, models: modelsOf(engines.available) })
  await feed(poor)
  expect(await enqueue.keys(job)).not.toContain(id)
  await feed(both)
  expect(await enqueue.keys(job)).toContain(id)

  await beginTry(place.db, id, now())
  await processPhoto(deps(both), id, signal)
  expect(await modelsIn(id)).toEqual(new Set([MODEL_VERSIONS.sface]))
})

test('faces of a model that is not the event\u2019s are refused by the database', async () => {
  const eventId = await place.addEvent()
  const id = await add(eventId)
  await processPhoto(deps(poor), id, signal)
  const [face] = await place.db.select().from(faces).where(eq(faces.photoId, id))
  const stray = { ...face!, id: crypto.randomUUID(), modelVersion: MODEL_VERSIONS.sface }
  await expect(place.db.insert(faces).values(stray)).rejects.toMatchObject({ cause: { constraint: 'faces_model' } })
  expect(await modelsIn(id)).toEqual(new Set([MODEL_VERSIONS['face-api']]))
})
