import { connect, type Db } from '@pix/db/client.ts'
import { areDead, dyingDb } from '@pix/db/dying-testing.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import type { FaceEngines } from '@pix/faces/engine.ts'
import { standIn } from '@pix/faces/engines-testing.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { photoLimits } from '../picture/limits.ts'
import { groupPhoto, silentLog, type TestPlace, until } from '../testing.ts'
import { changeModel } from './change-model.ts'
import { rereadPhoto } from './reread-photo.ts'
import { beginTry, openRereads } from './reread-tries.ts'
import { type Face, faceIn, type RereadGround, rereadGround, rereadState, type RereadScene } from './testing.ts'
import { tidyFaces } from './tidy-faces.ts'

const now = () => new Date()
const later = () => new Date(Date.now() + 11 * 60_000)
const [OLD, NEW] = [MODEL_VERSIONS['face-api'], MODEL_VERSIONS.sface]
const LIMIT = { timeout: 900_000 }

/** Small, since it is processed many times. */
let photo: Buffer
let face: Face
let place: TestPlace
let scene: RereadScene
let engines: FaceEngines
let ground: RereadGround
beforeAll(async () => {
  ground = await rereadGround()
  ;({ place, scene } = ground)
  photo = await sharp(groupPhoto(1)).resize(320).jpeg().toBuffer()
  engines = await onceEach(ground.both)
  face = await faceIn(photo, engines, photoLimits(place.settings))
})
afterAll(() => ground[Symbol.asyncDispose]())

/** A picture that was looked at once is not looked at again: what is tried here is what is stored of it. */
async function onceEach(real: FaceEngines): Promise<FaceEngines> {
  const seen = new Map<string, ReturnType<FaceEngine['detect']>>()
  return {
    ...real,
    open: async name => {
      const engine = await real.open(name)
      const detect: FaceEngine['detect'] = image => {
        const key = `${name} ${image.width} ${image.data.reduce((sum, value) => (sum * 31 + value) % 1e9, 0)}`
        const faces = seen.get(key) ?? engine.detect(image)
        seen.set(key, faces)
        return faces
      }
      return { ...engine, detect }
    },
  }
}

/** What a worker does for an event that is read again, from first to last. @returns whether it lived to the end */
async function live(db: Db, eventId: string): Promise<boolean> {
  const deps = { ...place, db, engines, limits: photoLimits(place.settings), now }
  const ids = await place.db.select({ id: photos.id }).from(photos).where(eq(photos.eventId, eventId))
  try {
    for (const { id } of ids) {
      const work = await beginTry(db, id, [OLD, NEW], now())
      if (work) await rereadPhoto(deps, work, new AbortController().signal)
    }
    for (const { id } of await openRereads(db, [OLD, NEW]))
      await changeModel({ db, now, warm: async () => undefined }, id)
    await tidyFaces({ db, log: silentLog, now: later })
    return true
  } catch {
    return false
  } finally {
    // Not awaited: drizzle gives a connection whose `begin` failed never back.
    void db.$client.end()
  }
}

/** An event with one photo, that is to be read again, and a search that found it. */
async function begin() {
  const eventId = await place.addEvent({ approval: 'all' })
  const photoId = await scene.add(eventId, photo, { ...engines, available: ['face-api'] })
  const search = async () => (await scene.beginSearch(eventId, face)).answer()
  const first = await scene.beginSearch(eventId, face)
  expect(await first.answer()).toEqual({ state: 'done', photos: [photoId], models: [OLD] })
  await scene.ask(eventId, 'sface')
  return { eventId, photoId, search, first: first.id }
}

test.each(['before', 'after'] as const)(
  `a worker killed %s any of its statements loses nothing: searches find the same, and the next one goes on${standIn}`,
  LIMIT,
  async sent => {
    let deaths = 0
    for (let lived = false; !lived; deaths += 1) {
      const { eventId, photoId, search, first } = await begin()
      lived = await live(dyingDb(place.settings.DATABASE_URL, deaths + 1, sent), eventId)
      await until('the database has let it go', () => areDead(place.db))
      const answer = await search()
      expect(answer).toMatchObject({ state: 'done', photos: [photoId] })
      expect(answer.models).toEqual([(await rereadState(place.db, eventId)).model])

      expect(await live(connect(place.settings.DATABASE_URL, { max: 1 }), eventId)).toBe(true)
      expect(await search()).toEqual({ state: 'done', photos: [photoId], models: [NEW] })
      expect(await rereadState(place.db, eventId)).toMatchObject({ model: NEW, models: new Set([NEW]) })
      expect((await rereadState(place.db, eventId)).last?.tidiedAt).not.toBeNull()
      const kept = await place.db.select().from(searchMatches).where(eq(searchMatches.searchId, first))
      expect(kept.map(match => match.photoId)).toEqual([photoId])
    }
    expect(deaths).toBeGreaterThan(20)
  },
)
