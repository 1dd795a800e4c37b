import { connect } from '@pix/db/client.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { createEventIndex } from '@pix/faces/index/event-index.ts'
import { useKernel } from '@pix/faces/index/load-kernel.ts'
import { createLive } from '@pix/platform/live.ts'
import { createLog } from '@pix/platform/log.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import { compareFace, type FaceToCompare } from '../alerts/compare-face.ts'
import { serveParent } from '../children/serve-parent.ts'
import type { IndexChildSettings } from '../settings.ts'
import { createEventIndexes } from './event-indexes.ts'
import { answerSearch, lookAgain, type SearchOutcome } from './answer-search.ts'

/** A search that has its answer, to be looked for again. */
export interface NewsTask {
  newsOf: string
}

/** The id of a search that is to be answered, or a face that is to be compared with an event's photos. */
export type SearchTask = string | NewsTask | FaceToCompare

/** What the process answers. */
export interface SearchReply extends SearchOutcome {
  /** The process that answered, and the memory held by all its indexes. */
  pid: number
  indexBytes: number
}

serveParent<IndexChildSettings, SearchTask, SearchReply, null>(async settings => {
  if (settings.kernel) useKernel(settings.kernel)
  const log = createLog('face-search', { level: settings.LOG_LEVEL, pretty: false })
  const db = connect(settings.DATABASE_URL, { max: 4, applicationName: 'thepixstock-search', connectMs: 15_000 })
  const storage = openStorage(settings)
  const redis = connectRedis(settings.REDIS_URL, 'producer', error => log.warn({ err: error }, 'Redis'))
  await redisReady(redis)
  createEventIndex({ modelVersion: MODEL_VERSIONS.sface }) // loads the kernel: not within a search's time
  const indexes = createEventIndexes({
    db,
    storage,
    log,
    budgetBytes: settings.INDEX_MEGABYTES * 1024 * 1024,
  })
  const live = createLive(redis, error => log.warn({ err: error }, 'Redis'))
  const deps = { db, storage, redis, live, indexes, now: () => new Date() }
  const answer = (task: SearchTask, signal: AbortSignal) => {
    if (typeof task === 'string') return answerSearch(deps, task, signal)
    return 'newsOf' in task ? lookAgain(deps, task.newsOf, signal) : compareFace(deps, task)
  }
  return {
    about: null,
    run: async (task, signal) => ({
      ...(await answer(task, signal)),
      pid: process.pid,
      indexBytes: indexes.bytes,
    }),
  }
})
