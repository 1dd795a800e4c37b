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

/** The id of a search that is to be answered, or a face that is to be compared with an event's photos. */
export type SearchTask = string | FaceToCompare

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
  /** A search that has its answer is there to be looked for again. */
  const answerOrLookAgain = async (searchId: string, signal: AbortSignal) => {
    const outcome = await answerSearch(deps, searchId, signal)
    return outcome.state === 'gone' ? lookAgain(deps, searchId, signal) : outcome
  }
  return {
    about: null,
    run: async (task, signal) => ({
      ...(typeof task === 'string' ? await answerOrLookAgain(task, signal) : await compareFace(deps, task)),
      pid: process.pid,
      indexBytes: indexes.bytes,
    }),
  }
})
