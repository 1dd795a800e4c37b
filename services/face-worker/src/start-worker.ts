import { connect } from '@pix/db/client.ts'
import type { FaceEngineName } from '@pix/faces/engines.ts'
import { compiledKernel } from '@pix/faces/index/load-kernel.ts'
import { applyObjection, groupFaces, readSelfies, rereadPhoto, searchFaces } from '@pix/jobs/faces.ts'
import { answerQueue } from '@pix/jobs/answer-queue.ts'
import { createEnqueue } from '@pix/jobs/job.ts'
import { makeBoughtPreview, processPhoto } from '@pix/jobs/photos.ts'
import { readSlip as readSlipJob } from '@pix/jobs/slips.ts'
import { readLogo as readLogoJob } from '@pix/jobs/studios.ts'
import { measured } from '@pix/platform/job-metrics.ts'
import type { Log } from '@pix/platform/log.ts'
import { openSurroundings } from '@pix/platform/open-surroundings.ts'
import { repeat } from '@pix/platform/repeat.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { lookForAlerted } from './alerts/look-for-alerted.ts'
import { createChildPool } from './children/child-pool.ts'
import { readLogo } from './logos/read-logo.ts'
import { applyObjection as lookThrough } from './objections/apply-objection.ts'
import { createGroupAnswers, type GroupAnswers } from './people/answer-groupings.ts'
import { createBoughtAnswers } from './photos/answer-bought.ts'
import { createPhotoAnswers, type PhotoAnswers, type PhotoPool } from './photos/answer-photos.ts'
import { modelsOf } from './photos/engine-for.ts'
import { createRereadAnswers, type RereadAnswers } from './rereads/answer-rereads.ts'
import { createPriorityLimiter } from './rereads/priority-limiter.ts'
import { createWarming } from './rereads/warm-index.ts'
import { answerSearch, routeSearch, type SearchPool } from './searches/answer-searches.ts'
import { lookForNews } from './searches/look-for-news.ts'
import { readSelfie, type SelfiePool } from './searches/read-selfie.ts'
import { selfieChildMegabytes } from './searches/selfie-memory.ts'
import { type SearchWorkers, joinSearchWorkers } from './searches/search-workers.ts'
import { createTurns } from './searches/take-turns.ts'
import { readSlip } from './slips/read-slip.ts'
import type { IndexChildSettings, Settings, WorkerSettings } from './settings.ts'
import { startSweeps } from './start-sweeps.ts'
import { announceEngines } from './announce-engines.ts'
import { faceRuntime, watchChildren } from './worker-metrics.ts'

/** Searches that may wait for the database at the same time, for each search process. */
const SEARCHES = 8
/** With so many for each search process a worker is busy: other workers take more of its events' searches. */
const BUSY = 2
/** Selfies that may wait for their turn here; more wait in the queue, first come, first served. */
const SELFIES_WAITING = 1_000
const GROUPINGS = 1
const OBJECTIONS = 1
const LOGOS = 1
const SLIPS = 1
/** Private memory of a child beside what decoding takes: Node, the face models, and what they work in. */
const PHOTO_CHILD_MEGABYTES = 1_200
/** New photos of people who have their results open are looked for this often. */
const NEWS_MS = 3_000
/** Those of people who wait for a letter, whose page is closed. */
const ALERTED_MS = 20_000
/** What runs when the worker stops has this long to end by itself; then it is given back. */
const FINISH_MS = 8_000

const now = () => new Date()

/**
 * Everything but the process around it: connections, children, queues and sweeps. The returned function is the orderly
 * stop.
 *
 * @throws Error when a part cannot be reached or a child cannot start
 */
export async function startWorker(
  { COLUMN_KEYS: keys, ...settings }: WorkerSettings,
  log: Log,
): Promise<() => Promise<void>> {
  const place = await openPlace(settings, log)
  const forIndexes = { ...settings, kernel: compiledKernel() }
  const { pools, engines } = await startChildren(forIndexes, log)
  const [limiter, models] = [createPriorityLimiter(settings.PHOTO_PROCESSES), modelsOf(engines)]
  const photos = createPhotoAnswers({ ...place, limiter, pool: pools.photos })
  const rereads = createRereadAnswers({ ...place, limiter, models, pool: pools.photos })
  const bought = createBoughtAnswers({ ...place, limiter, pool: pools.photos })
  const groupings = createGroupAnswers({ ...place, settings: forIndexes })
  const stopping = new AbortController()
  const searchWorkers = joinSearchWorkers(place, BUSY * settings.SEARCH_PROCESSES)
  const answers = {
    photos,
    bought,
    rereads,
    groupings,
    searches: pools.searches,
    selfies: pools.selfies,
    searchWorkers,
  }
  const announcing = announceEngines(place, settings.FACE_ENGINE, engines)
  const workers = answerQueues(place, settings, answers, stopping.signal)
  const warming = createWarming(forIndexes, log)
  const looking = { ...place, pool: pools.searches, searchWorkers }
  const sweeps = [
    ...startSweeps({ ...place, models, warm: warming.warm }),
    repeat(log, 'new_photos_of_people', NEWS_MS, () => lookForNews(looking)),
    repeat(log, 'face_alerts', ALERTED_MS, () => lookForAlerted({ ...looking, keys })),
  ]

  return async () => {
    stopping.abort(new Error('the worker stops'))
    await warming.stop()
    await Promise.all([
      searchWorkers.leave().catch(place.warn),
      announcing.stop().catch(place.warn),
      ...sweeps.map(sweep => sweep.stop()),
    ])
    const finished = Promise.all(workers.map(worker => worker.close()))
    await Promise.race([finished, delay(FINISH_MS)])
    bought.stop()
    await Promise.all([photos.giveAllBack(), rereads.giveAllBack()])
    await Promise.all([...Object.values(pools).map(pool => pool.stop()), groupings.stop()])
    await finished
    await searchWorkers.forget().catch(place.warn)
    await place.close()
  }
}

async function openPlace(settings: Settings, log: Log) {
  const db = connect(settings.DATABASE_URL, { applicationName: 'thepixstock-worker', connectMs: 30_000 })
  const surroundings = await openSurroundings(settings, 'face-worker', log)
  const enqueue = createEnqueue(surroundings.queueRedis, surroundings.warn, [
    processPhoto,
    makeBoughtPreview,
    readSelfies,
    searchFaces,
    groupFaces,
    rereadPhoto,
    applyObjection,
    readLogoJob,
    readSlipJob,
  ])
  const close = async () => {
    await enqueue.close()
    surroundings.close()
    await db.$client.end()
  }
  return { ...surroundings, db, enqueue, log, now, close }
}

type Engines = readonly FaceEngineName[]

interface Pools {
  photos: PhotoPool
  searches: SearchPool
  selfies: SelfiePool
}

async function startChildren(settings: IndexChildSettings, log: Log): Promise<{ pools: Pools; engines: Engines }> {
  const photos: PhotoPool = createChildPool({
    script: new URL('photos/photo-child.ts', import.meta.url),
    settings,
    size: settings.PHOTO_PROCESSES,
    softMs: settings.PHOTO_SOFT_SECONDS * 1_000,
    hardMs: settings.PHOTO_HARD_SECONDS * 1_000,
    memoryMegabytes: PHOTO_CHILD_MEGABYTES + settings.PHOTO_DECODE_MEGABYTES,
    log,
  })
  const searches: SearchPool = createChildPool({
    script: new URL('searches/search-child.ts', import.meta.url),
    settings,
    size: settings.SEARCH_PROCESSES,
    softMs: 20_000,
    hardMs: 30_000,
    log,
  })
  const selfies = startSelfieChildren(settings, log)
  const [{ runtime, engines }] = await Promise.all([photos.about(), searches.about(), selfies.about()])
  faceRuntime.set({ runtime }, 1)
  const pools = { photos, searches, selfies }
  for (const [kind, pool] of Object.entries(pools)) watchChildren(kind, () => pool.pids())
  log.info({ runtime, engines, photoProcesses: settings.PHOTO_PROCESSES }, 'the face models are loaded')
  return { pools, engines }
}

/** On a clock a selfie has four times its processor time: a busy machine is not its fault. */
const startSelfieChildren = (settings: Settings, log: Log): SelfiePool =>
  createChildPool({
    script: new URL('searches/selfie-child.ts', import.meta.url),
    settings,
    size: settings.SELFIE_PROCESSES,
    softMs: settings.SELFIE_SECONDS * 4_000,
    hardMs: settings.SELFIE_SECONDS * 4_000,
    cpuMs: settings.SELFIE_SECONDS * 1_000,
    memoryMegabytes: selfieChildMegabytes(settings),
    log,
  })

interface Answers {
  photos: PhotoAnswers
  bought: ReturnType<typeof createBoughtAnswers>
  rereads: RereadAnswers
  groupings: GroupAnswers
  searches: SearchPool
  selfies: SelfiePool
  searchWorkers: SearchWorkers
}

function answerQueues(
  place: Awaited<ReturnType<typeof openPlace>>,
  settings: Settings,
  { photos, bought, rereads, groupings, searches, selfies, searchWorkers }: Answers,
  stopping: AbortSignal,
): ReturnType<typeof answerQueue>[] {
  const { workRedis: connection, log, failures } = place
  const queue = (concurrency: number) => ({ connection, log, failures, concurrency })
  const search = { ...place, pool: searches, searchWorkers }
  const selfie = { ...place, pool: selfies, turns: createTurns(settings.SELFIE_PROCESSES), stopping }
  const together = SEARCHES * settings.SEARCH_PROCESSES
  return [
    answerQueue(processPhoto, queue(settings.PHOTO_PROCESSES), ({ photoId }) => photos.answer(photoId)),
    answerQueue(makeBoughtPreview, queue(settings.PHOTO_PROCESSES), ({ photoId }) => bought.answer(photoId)),
    answerQueue(rereadPhoto, queue(settings.PHOTO_PROCESSES), ({ photoId }) => rereads.answer(photoId)),
    answerQueue(searchFaces, queue(together), (job, origin) => routeSearch(search, job, origin)),
    answerQueue(searchWorkers.own, queue(together), job => answerSearch(search, job)),
    answerQueue(readSelfies, queue(SELFIES_WAITING), async (job, origin) => {
      if (!(await searchWorkers.handSelfieOn(job, origin))) await readSelfie(selfie, job, origin)
    }),
    answerQueue(searchWorkers.ownSelfies, queue(SELFIES_WAITING), (job, origin) => readSelfie(selfie, job, origin)),
    answerQueue(applyObjection, queue(OBJECTIONS), async ({ objectionId }) => {
      await measured(applyObjection.queue, () => lookThrough(place, objectionId))
    }),
    answerQueue(readLogoJob, queue(LOGOS), async ({ studioId }) => {
      await measured(readLogoJob.queue, () => readLogo(place, settings, studioId))
    }),
    answerQueue(readSlipJob, queue(SLIPS), async ({ slipId }) => {
      await measured(readSlipJob.queue, () => readSlip(place, settings, slipId))
    }),
    answerQueue(groupFaces, queue(GROUPINGS), ({ eventId }) => groupings.answer(eventId)),
  ]
}
