import { askReread } from '@pix/db/ask-reread.ts'
import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { faceRereads, rereadPhotos } from '@pix/db/schema/rereads.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import type { FaceEngines } from '@pix/faces/engine.ts'
import { hasWeights } from '@pix/faces/engines-testing.ts'
import { type FaceEngineName, MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { probeKey, rereadPhoto as job } from '@pix/jobs/faces.ts'
import { type Enqueue, work } from '@pix/jobs/job.ts'
import { connectRedis } from '@pix/platform/redis.ts'
import { eq } from 'drizzle-orm'
import type { PhotoPool } from '../photos/answer-photos.ts'
import { modelsOf } from '../photos/engine-for.ts'
import type { PhotoWork } from '../photos/photo-child.ts'
import { beginTry } from '../photos/photo-tries.ts'
import { type PhotoDeps, processPhoto } from '../photos/process-photo.ts'
import { decodePicture } from '../picture/decode-picture.ts'
import { photoLimits, type PictureLimits } from '../picture/limits.ts'
import { repeat } from '@pix/platform/repeat.ts'
import { answerSearch } from '../searches/answer-search.ts'
import { createEventIndexes } from '../searches/event-indexes.ts'
import { silentLog, testEngines, testPlace, type TestPlace, testQueues } from '../testing.ts'
import { createRereadAnswers } from './answer-rereads.ts'
import type { ChangeDeps } from './change-model.ts'
import { feedRereads } from './feed-rereads.ts'
import { createPriorityLimiter } from './priority-limiter.ts'
import { rereadPhoto } from './reread-photo.ts'

const now = () => new Date()
const { signal } = new AbortController()
const SWEEP_MS = 50

/** A worker's part that reads photos again, in this process; a search process; and an admin who asks. */
export interface RereadScene extends AsyncDisposable {
  /** Uploads and processes a photo. */
  add(eventId: string, bytes: Buffer, engines: FaceEngines): Promise<string>
  process(photoId: string, engines: FaceEngines): ReturnType<typeof processPhoto>
  ask(eventId: string, engine: FaceEngineName): ReturnType<typeof askReread>
  /** Reads again whatever is asked for, with queue and sweep, until it is stopped. */
  start(engines: FaceEngines): { stop: () => Promise<void> }
  /** One round of the sweep. */
  feed(engines: FaceEngines, at?: Date): Promise<number>
  enqueue: Enqueue
  warm: ChangeDeps['warm']
  /** A search as a phone begins it: the api has looked at the event's model. Answered when `answer` is called. */
  beginSearch(eventId: string, face: Face): Promise<SearchBegun>
}

/** Somebody's face as each engine sees it, by model version. */
export type Face = Record<string, Float32Array>

/** Everybody lies nearer than this to themselves in other light, and nobody to a stranger; by model version. */
const NEAR: Record<string, number> = {
  [MODEL_VERSIONS['face-api']]: 0.4,
  [MODEL_VERSIONS.sface]: hasWeights ? 1.2 : 0.4,
}

export interface SearchBegun {
  id: string
  /** @returns the photos of somebody so near, in no order, and the models of all faces found */
  answer: () => Promise<{ state: string; photos: string[]; models: string[] }>
}

/** The face on the left of a picture. */
export async function faceIn(bytes: Buffer, engines: FaceEngines, limits: PictureLimits): Promise<Face> {
  const { pixels } = await decodePicture(bytes, 3000, limits)
  const face: Face = {}
  for (const name of engines.available) {
    const engine = await engines.open(name)
    const [left] = (await engine.detect(pixels)).toSorted((a, b) => a.box.x - b.box.x)
    face[engine.modelVersion] = left!.embedding
  }
  return face
}

/** A place, its scene, and the engines of a worker that has both. */
export interface RereadGround extends AsyncDisposable {
  place: TestPlace
  scene: RereadScene
  both: FaceEngines
}

/** What a file of tests stands on, from its first test to its last. */
export async function rereadGround(): Promise<RereadGround> {
  const place = await testPlace()
  const scene = await rereadScene(place)
  const both = await testEngines(place, ['sface', 'face-api'])
  const dispose = async () => {
    await both.close()
    await scene[Symbol.asyncDispose]()
    await place[Symbol.asyncDispose]()
  }
  return { place, scene, both, [Symbol.asyncDispose]: dispose }
}

export async function rereadScene(place: TestPlace): Promise<RereadScene> {
  const queues = await testQueues(place)
  const { redis, enqueue, live } = queues
  const workRedis = connectRedis(place.settings.REDIS_URL, 'worker', () => undefined)
  const { db, storage } = place
  const indexes = createEventIndexes({ db, storage, budgetBytes: 1e8, log: silentLog })
  const limits = photoLimits(place.settings)
  const photoDeps = (engines: FaceEngines): PhotoDeps => ({ ...place, engines, limits, now })
  /** In the process that searches: what it saw too early it keeps. */
  const warm = async (eventId: string, model: string) => void (await indexes.upToDate(eventId, model))
  const feedDeps = (engines: FaceEngines) => ({
    db,
    enqueue,
    log: silentLog,
    warm,
    models: modelsOf(engines.available),
  })

  async function process(photoId: string, engines: FaceEngines) {
    await beginTry(db, photoId, now())
    return processPhoto(photoDeps(engines), photoId, signal)
  }

  function start(engines: FaceEngines) {
    const run = (task: PhotoWork) =>
      task.kind === 'reread'
        ? rereadPhoto(photoDeps(engines), task, signal)
        : processPhoto(photoDeps(engines), task.photoId, signal)
    const pool = { run } as unknown as PhotoPool
    const answers = createRereadAnswers({ ...feedDeps(engines), now, pool, limiter: createPriorityLimiter(2) })
    const worker = work(job, workRedis, ({ photoId }) => answers.answer(photoId), {
      concurrency: 2,
      onError: () => undefined,
    })
    const sweep = repeat(silentLog, 'rereads', SWEEP_MS, () => feedRereads({ ...feedDeps(engines), now }))
    const stop = async () => {
      await sweep.stop()
      await worker.close()
    }
    return { stop }
  }

  async function beginSearch(eventId: string, face: Face): Promise<SearchBegun> {
    const [event] = await db.select().from(events).where(eq(events.id, eventId))
    const model = event!.faceModel!
    const id = await place.addSearch(eventId)
    await redis.set(probeKey(id), writeProbes([{ embedding: face[model]!, quality: 1 }], model), 'EX', 600)
    const answer = async () => {
      const { state } = await answerSearch({ db, storage, redis, live, indexes, now }, id, signal)
      const found = await db
        .select({ photoId: searchMatches.photoId, distance: searchMatches.distance, model: faces.modelVersion })
        .from(searchMatches)
        .innerJoin(faces, eq(faces.id, searchMatches.faceId))
        .where(eq(searchMatches.searchId, id))
      const near = found.filter(match => match.distance <= NEAR[model]!)
      return { state, photos: near.map(match => match.photoId), models: [...new Set(found.map(one => one.model))] }
    }
    return { id, answer }
  }

  return {
    process,
    async add(eventId, bytes, engines) {
      const id = await place.addPhoto(eventId, bytes)
      await process(id, engines)
      return id
    },
    ask: (eventId, engine) =>
      db.transaction(tx => askReread(tx, { eventId, model: MODEL_VERSIONS[engine], askedBy: null, now: now() })),
    start,
    feed: (engines, at = now()) => feedRereads({ ...feedDeps(engines), now: () => at }),
    enqueue,
    warm,
    beginSearch,
    [Symbol.asyncDispose]: async () => {
      await indexes.settled()
      await queues[Symbol.asyncDispose]()
      workRedis.disconnect()
    },
  }
}

/** What the database holds of an event that is, or was, read again. */
export async function rereadState(db: Db, eventId: string) {
  const [event] = await db.select().from(events).where(eq(events.id, eventId))
  const rereads = await db.select().from(faceRereads).where(eq(faceRereads.eventId, eventId))
  const modelsOfEvent = await db.select({ model: faces.modelVersion }).from(faces).where(eq(faces.eventId, eventId))
  const last = rereads.at(-1)
  const tries = last ? await db.select().from(rereadPhotos).where(eq(rereadPhotos.rereadId, last.id)) : []
  return { model: event!.faceModel, last, tries, models: new Set(modelsOfEvent.map(row => row.model)) }
}

/** Something that is waited for until it is opened. */
function latch() {
  const controller = new AbortController()
  const opened = new Promise<void>(resolve => controller.signal.addEventListener('abort', () => resolve()))
  return { opened, open: () => controller.abort() }
}

/** The engines of a worker one of which looks at nothing until it is let go. */
export function held(both: FaceEngines, name: FaceEngineName) {
  const [gate, begun] = [latch(), latch()]
  const engines: FaceEngines = {
    ...both,
    open: async asked => {
      const engine = await both.open(asked)
      if (asked !== name) return engine
      const detect: typeof engine.detect = async image => {
        begun.open()
        await gate.opened
        return engine.detect(image)
      }
      return { ...engine, detect }
    },
  }
  return { engines, begun: begun.opened, letGo: gate.open }
}
