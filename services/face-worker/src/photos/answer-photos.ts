import type { Db } from '@pix/db/client.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { measured } from '@pix/platform/job-metrics.ts'
import type { Live } from '@pix/platform/live.ts'
import type { Log } from '@pix/platform/log.ts'
import { type ChildPool, TimedOut } from '../children/child-pool.ts'
import { observeFaces, observeSteps } from '../worker-metrics.ts'
import type { PriorityLimiter } from '../rereads/priority-limiter.ts'
import type { RereadOutcome } from '../rereads/reread-photo.ts'
import type { PhotoChildFacts, PhotoWork } from './photo-child.ts'
import { beginTry, endTry, giveBack } from './photo-tries.ts'
import type { BoughtOutcome } from './bought-preview.ts'
import type { PhotoOutcome } from './process-photo.ts'

export type PhotoPool = ChildPool<PhotoWork, PhotoOutcome | RereadOutcome | BoughtOutcome, PhotoChildFacts>

interface AnswerDeps {
  db: Db
  pool: PhotoPool
  limiter: PriorityLimiter
  live: Live
  log: Log
  now: () => Date
}

/** Answers photo jobs: counts tries in the row, has a child do the work. */
export interface PhotoAnswers {
  answer(photoId: string): Promise<void>
  /** Gives the photos in work back to their queue, uncounted. Call it before the children are stopped. */
  giveAllBack(): Promise<void>
}

export function createPhotoAnswers({ db, pool, limiter, live, log, now }: AnswerDeps): PhotoAnswers {
  const inWork = new Set<string>()
  let stopping = false

  async function attempt(photoId: string): Promise<string> {
    if (stopping || !(await beginTry(db, photoId, now()))) return 'nothing'
    inWork.add(photoId)
    try {
      const outcome = (await pool.run({ kind: 'process', photoId })) as PhotoOutcome
      if (outcome.kind === 'gone') return outcome.kind
      if (outcome.kind === 'no_engine') {
        log.warn({ photoId, eventId: outcome.eventId }, "a photo waits for a worker that has its event's face engine")
        await giveBack(db, photoId, now())
        return outcome.kind
      }
      if (outcome.kind === 'processed') {
        observeSteps(processPhoto.queue, outcome.steps)
        observeFaces(outcome.qualities)
      }
      await live.publish(`photos:${outcome.eventId}`)
      return outcome.kind
    } catch (error) {
      if (stopping) return 'given_back'
      const reason = error instanceof TimedOut ? 'timed_out' : 'internal'
      log.error({ err: error, photoId, reason }, 'a try at a photo failed')
      return await endTry(db, photoId, reason, now())
    } finally {
      inWork.delete(photoId)
    }
  }

  return {
    answer: photoId => limiter.first(() => measured(processPhoto.queue, () => attempt(photoId))),
    async giveAllBack() {
      stopping = true
      for (const photoId of inWork) await giveBack(db, photoId, now())
    },
  }
}
