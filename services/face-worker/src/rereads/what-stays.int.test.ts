import { newId } from '@pix/db/ids.ts'
import { sessions, users } from '@pix/db/schema/auth.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFaces, objections } from '@pix/db/schema/objections.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import type { FaceEngines } from '@pix/faces/engine.ts'
import { hasWeights, noWeights, standIn } from '@pix/faces/engines-testing.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { createLive } from '@pix/platform/live.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, sql } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createChildPool } from '../children/child-pool.ts'
import { edgesOf, overlap } from '@pix/faces/see/boxes.ts'
import { groupEvent } from '../people/group-event.ts'
import { answerSearch } from '../searches/answer-search.ts'
import { createEventIndexes } from '../searches/event-indexes.ts'
import { readSelfie, type SelfiePool } from '../searches/read-selfie.ts'
import { createTurns } from '../searches/take-turns.ts'
import { groupPhoto, silentLog, type TestPlace, until } from '../testing.ts'
import { tidyFaces } from './tidy-faces.ts'
import { type RereadGround, rereadGround, rereadState, type RereadScene } from './testing.ts'

const now = () => new Date()
const LIMIT = { timeout: 300_000 }
const photo = readFileSync(groupPhoto(1))

let place: TestPlace
let scene: RereadScene
let engines: FaceEngines
let eventId: string
let photoId: string
let ground: RereadGround
beforeAll(async () => {
  ground = await rereadGround()
  ;({ place, scene, both: engines } = ground)
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  const admin = newId()
  await place.db
    .insert(users)
    .values({ id: admin, email: `${admin}@test`, name: 'A', role: 'platform_admin', passwordHash: '-' })
  const basis = { faceSearchWording: 'Faces are searched.', faceSearchBy: admin, faceSearchAt: now() }
  eventId = await place.addEvent({ approval: 'all', ...basis })
  photoId = await scene.add(eventId, photo, { ...engines, available: ['face-api'] })
  await place.db.insert(eventPeople).values({ eventId, askedBy: admin, askedAt: now() })
})

async function change(): Promise<void> {
  await scene.ask(eventId, 'sface')
  const worker = scene.start(engines)
  await until(
    'the event has changed',
    async () => (await rereadState(place.db, eventId)).model === MODEL_VERSIONS.sface,
  )
  await worker.stop()
}

const indexes = () => createEventIndexes({ db: place.db, storage: place.storage, budgetBytes: 1e8, log: silentLog })

test(
  `the people of an event keep their ids when its photos are read again, before and after they are grouped anew${standIn}`,
  LIMIT,
  async () => {
    const group = () => groupEvent({ db: place.db, now, indexes: indexes() }, eventId)
    /** From left to right. */
    const people = async (model: string) => {
      const ofModel = and(eq(faces.photoId, photoId), eq(faces.modelVersion, model))
      return (await place.db.select().from(faces).where(ofModel).orderBy(faces.x)).map(face => face.personId)
    }
    expect((await group()).state).toBe('grouped')
    const before = await people(MODEL_VERSIONS['face-api'])
    expect(new Set(before).size).toBe(3)
    await change()
    expect(await people(MODEL_VERSIONS.sface)).toEqual(before)
    expect((await group()).state).toBe('grouped')
    expect(await people(MODEL_VERSIONS.sface)).toEqual(before)
    expect(await people(MODEL_VERSIONS['face-api'])).toEqual([null, null, null])
    const [asked] = await place.db.select().from(eventPeople).where(eq(eventPeople.eventId, eventId))
    expect(asked!.faceModel).toBe(MODEL_VERSIONS.sface)
    expect((await group()).state).toBe('unchanged')
  },
)

test.skipIf(!hasWeights)(
  `of several faces in a selfie the chosen one is searched for, also when the event changed in between${noWeights}`,
  LIMIT,
  async () => {
    const { settings, db, storage } = place
    const redis = connectRedis(settings.REDIS_URL, 'producer', () => undefined)
    await redisReady(redis)
    const script = new URL('../searches/selfie-child.ts', import.meta.url)
    const pool: SelfiePool = createChildPool({
      script,
      settings,
      size: 1,
      log: silentLog,
      softMs: 60_000,
      hardMs: 60_000,
    })
    const live = createLive(redis, () => undefined)
    const deps = { db, storage, redis, enqueue: scene.enqueue, live, log: silentLog, now, indexes: indexes() }
    const reading = { ...deps, pool, turns: createTurns(1), stopping: new AbortController().signal }
    const [id, sessionId, consentId] = [newId(), newId(), newId()]
    await db.insert(sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: new Date('2030-01-01') })
    await db.insert(consents).values({ id: consentId, sessionId, eventId, purpose: 'face_search', version: '1' })
    await storage.put(VANISHING_BUCKET, selfieKey(id), photo, { contentType: 'image/jpeg' })
    await db.insert(searches).values({ id, sessionId, eventId, consentId, source: 'selfie' })
    const search = async () => (await db.select().from(searches).where(eq(searches.id, id)))[0]!
    const { signal } = new AbortController()

    await readSelfie(reading, { searchId: id, eventId, visitor: sessionId }, {})
    expect((await search()).state).toBe('choose_face')
    await change()
    const boxes = (await search()).faceBoxes
    await db.update(searches).set({ state: 'queued', chosenFace: 1 }).where(eq(searches.id, id))
    expect(await answerSearch(deps, id, signal)).toMatchObject({ state: 'unread', unreadOf: sessionId })
    await readSelfie(reading, { searchId: id, eventId, visitor: sessionId }, {})
    expect(await answerSearch(deps, id, signal)).toMatchObject({ state: 'done' })
    const [best] = await db
      .select({ box: { x: faces.x, y: faces.y, width: faces.width, height: faces.height }, model: faces.modelVersion })
      .from(searchMatches)
      .innerJoin(faces, eq(faces.id, searchMatches.faceId))
      .where(eq(searchMatches.searchId, id))
    expect(best!.model).toBe(MODEL_VERSIONS.sface)
    const overlaps = boxes.map(box => overlap(edgesOf(box), edgesOf(best!.box)))
    expect(Math.max(...overlaps)).toBe(overlaps[1])
    await pool.stop()
    live.close()
    redis.disconnect()
  },
)

test(
  `after a cancelled change, of whose faces some index may hold ids, the next one renews every photo on sale${standIn}`,
  LIMIT,
  async () => {
    await scene.ask(eventId, 'sface')
    await place.db.update(faceRereads).set({ cancelledAt: now() }).where(eq(faceRereads.eventId, eventId))
    await tidyFaces({ db: place.db, log: silentLog, now })
    await change()
    const [event] = await place.db.select().from(events).where(eq(events.id, eventId))
    const onSale = await place.db.select().from(photos).where(eq(photos.eventId, eventId))
    expect(onSale.map(({ indexRevision }) => indexRevision)).toEqual([event!.indexRevision])
  },
)

/** That somebody, the person on the left of the photo, hid their face, or had it deleted. */
async function object(kind: 'hide' | 'delete', keptConsentId: string | null): Promise<void> {
  const [objectionId, left] = [newId(), (await facesOf(MODEL_VERSIONS['face-api']))[0]!]
  const asked = { kind, locale: 'th', askedAt: now(), faceCount: 1, keptConsentId }
  await place.db.insert(objections).values({ id: objectionId, eventId, searchId: newId(), ...asked })
  await place.db.insert(hiddenFaces).values({ objectionId, eventId, faceId: left.id })
}

/** From left to right. */
const facesOf = (model: string) =>
  place.db
    .select({ id: faces.id, isHidden: sql<boolean>`${hiddenFaces.faceId} is not null` })
    .from(faces)
    .leftJoin(hiddenFaces, eq(hiddenFaces.faceId, faces.id))
    .where(and(eq(faces.photoId, photoId), eq(faces.modelVersion, model)))
    .orderBy(faces.x)

test(
  `a hidden face stays hidden when the photos of its event are read again, and nobody else is${standIn}`,
  LIMIT,
  async () => {
    await object('hide', null)
    await change()
    const hidden = (await facesOf(MODEL_VERSIONS.sface)).map(({ isHidden }) => isHidden)
    expect(hidden).toEqual([true, false, false])
  },
)

test(
  `an event with somebody whom the new engine does not know changes once they have been written to${standIn}`,
  LIMIT,
  async () => {
    await object('delete', newId())
    await scene.ask(eventId, 'sface')
    const worker = scene.start(engines)
    await until('its photo has been read', async () =>
      (await rereadState(place.db, eventId)).tries.some(({ readAt }) => readAt !== null),
    )
    await scene.feed(engines)
    expect((await rereadState(place.db, eventId)).model).toBe(MODEL_VERSIONS['face-api'])
    await place.db.update(faceRereads).set({ objectorsNotifiedAt: now() }).where(eq(faceRereads.eventId, eventId))
    await until(
      'the event has changed',
      async () => (await rereadState(place.db, eventId)).model === MODEL_VERSIONS.sface,
    )
    await worker.stop()
  },
)
