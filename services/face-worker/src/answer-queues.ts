import { applyObjection, groupFaces, readSelfies, rereadPhoto, searchFaces } from '@pix/jobs/faces.ts'
import { answerQueue } from '@pix/jobs/answer-queue.ts'
import { makeBoughtPreview, processPhoto } from '@pix/jobs/photos.ts'
import { readSlip as readSlipJob } from '@pix/jobs/slips.ts'
import { readLogo as readLogoJob } from '@pix/jobs/studios.ts'
import { measured } from '@pix/platform/job-metrics.ts'
import { readLogo } from './logos/read-logo.ts'
import { applyObjection as lookThrough } from './objections/apply-objection.ts'
import type { GroupAnswers } from './people/answer-groupings.ts'
import type { createBoughtAnswers } from './photos/answer-bought.ts'
import type { PhotoAnswers } from './photos/answer-photos.ts'
import type { RereadAnswers } from './rereads/answer-rereads.ts'
import { answerSearch, routeSearch, type SearchPool } from './searches/answer-searches.ts'
import { readSelfie, type SelfiePool } from './searches/read-selfie.ts'
import type { SearchWorkers } from './searches/search-workers.ts'
import { createTurns } from './searches/take-turns.ts'
import { readSlip } from './slips/read-slip.ts'
import type { Settings } from './settings.ts'
import type { Place } from './open-place.ts'

/** Searches that may wait for the database at the same time, for each search process. */
const SEARCHES = 8
/** Selfies that may wait for their turn here; more wait in the queue, first come, first served. */
const SELFIES_WAITING = 1_000
const GROUPINGS = 1
const OBJECTIONS = 1
const LOGOS = 1
const SLIPS = 1

/** What answers the jobs. */
interface Answers {
  photos: PhotoAnswers
  bought: ReturnType<typeof createBoughtAnswers>
  rereads: RereadAnswers
  groupings: GroupAnswers
  searches: SearchPool
  selfies: SelfiePool
  searchWorkers: SearchWorkers
}

/** Answers every queue of the worker. */
export function answerQueues(
  place: Place,
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
