import { connect } from '@pix/db/client.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import { createEventIndex } from '@pix/faces/index/event-index.ts'
import { createLog } from '@pix/platform/log.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import sharp from 'sharp'
import { serveParent } from '../children/serve-parent.ts'
import type { Settings } from '../settings.ts'
import { createEventIndexes } from './event-indexes.ts'
import { type SearchOutcome, searchSelfie } from './search-selfie.ts'

/** What the process answers. */
export interface SearchReply extends SearchOutcome {
  /** The process that answered, and the memory held by all its indexes. */
  pid: number
  indexBytes: number
}

serveParent<Settings, string, SearchReply, { runtime: string }>(async settings => {
  sharp.concurrency(1)
  sharp.cache(false)
  const log = createLog('face-search', { level: settings.LOG_LEVEL, pretty: false })
  const engine = await createFaceEngine({ runtime: settings.FACE_RUNTIME, cacheDir: settings.FACE_CACHE_DIR })
  const db = connect(settings.DATABASE_URL, { max: 4, applicationName: 'thepixstock-search', connectMs: 15_000 })
  const storage = openStorage(settings)
  const redis = connectRedis(settings.REDIS_URL, 'producer', error => log.warn({ err: error }, 'Redis'))
  await redisReady(redis)
  createEventIndex({ modelVersion: engine.modelVersion }) // the first of a machine compiles the kernel: not within a search's time
  const indexes = createEventIndexes({
    db,
    storage,
    log,
    modelVersion: engine.modelVersion,
    budgetBytes: settings.INDEX_MEGABYTES * 1024 * 1024,
  })
  const deps = { db, storage, redis, engine, indexes, now: () => new Date() }
  return {
    about: { runtime: engine.runtime },
    run: async (searchId, signal) => ({
      ...(await searchSelfie(deps, searchId, signal)),
      pid: process.pid,
      indexBytes: indexes.bytes,
    }),
  }
})
