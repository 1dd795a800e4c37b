import type { Db } from '@pix/db/client.ts'
import { rereadPhoto } from '@pix/jobs/faces.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { measured } from '@pix/platform/job-metrics.ts'
import type { Log } from '@pix/platform/log.ts'
import type { PhotoPool } from '../photos/answer-photos.ts'
import { observeSteps } from '../worker-metrics.ts'
import type { PriorityLimiter } from './priority-limiter.ts'
import type { RereadOutcome, RereadWork } from './reread-photo.ts'
import { beginTry, endTry, giveBack, giveUp } from './reread-tries.ts'

interface AnswerDeps {
  db: Db
  pool: PhotoPool
  limiter: PriorityLimiter
  enqueue: Enqueue
  log: Log
  now: () => Date
  /** Model versions of the faces that this worker's engines make. */
  models: readonly string[]
}

/** Answers jobs that read photos again, in the children that read new ones, and behind those. */
export interface RereadAnswers {
  answer(photoId: string): Promise<void>
  /** Gives the photos in work back, uncounted. Call it before the children are stopped. */
  giveAllBack(): Promise<void>
}

export function createRereadAnswers({ db, pool, limiter, enqueue, log, now, models }: AnswerDeps): RereadAnswers {
  const inWork = new Set<RereadWork>()
  let stopping = false

  async function attempt(photoId: string): Promise<string> {
    // The sweep enqueues it again once no new photo waits.
    if (stopping || (await enqueue.depth(processPhoto)) > 0) return 'photos_first'
    const work = await beginTry(db, photoId, models, now())
    if (!work) return 'nothing'
    inWork.add(work)
    try {
      return await read(work)
    } finally {
      inWork.delete(work)
    }
  }

  async function read(work: RereadWork): Promise<string> {
    try {
      const outcome = (await pool.run({ kind: 'reread', ...work })) as RereadOutcome
      if (outcome.kind === 'read') observeSteps(rereadPhoto.queue, outcome.steps)
      if (outcome.kind === 'no_engine') await giveBack(db, work)
      if (outcome.kind === 'refused') {
        log.error({ ...work, refusal: outcome.refusal }, 'a photo cannot be read again')
        await giveUp(db, work)
      }
      return outcome.kind
    } catch (error) {
      if (stopping) return 'given_back'
      log.error({ err: error, ...work }, 'a try at reading a photo again failed')
      await endTry(db, work)
      return 'failed'
    }
  }

  return {
    answer: photoId => limiter.second(() => measured(rereadPhoto.queue, () => attempt(photoId))),
    async giveAllBack() {
      stopping = true
      for (const work of inWork) await giveBack(db, work)
    },
  }
}
