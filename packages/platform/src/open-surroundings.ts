import { createBreaker } from './breaker.ts'
import { openFailedJobs } from './failed-jobs.ts'
import { createLive } from './live.ts'
import type { Log } from './log.ts'
import { prepareStorage } from './prepare-storage.ts'
import { connectRedis, redisReady } from './redis.ts'
import { keepSweepsOn } from './repeat.ts'
import { openStorage } from './storage-open.ts'
import { openSweepBoard, type Program } from './sweep-board.ts'

type Settings = Parameters<typeof openStorage>[0] & Parameters<typeof prepareStorage>[1] & { REDIS_URL: string }

/**
 * What a program that answers queues works with, its database apart: storage, Redis, hints to browsers, and where its
 * failed jobs and the runs of its sweeps are recorded. `redis` publishes and keeps, `queueRedis` enqueues, and on
 * `workRedis` workers wait for jobs.
 *
 * @throws Error when the storage cannot be reached; for Redis it waits
 */
export async function openSurroundings(settings: Settings, program: Program, log: Log) {
  const warn = (error: unknown) => log.warn({ err: error }, 'Redis')
  const breaker = createBreaker()
  const redis = connectRedis(settings.REDIS_URL, 'producer', warn, breaker)
  const queueRedis = connectRedis(settings.REDIS_URL, 'producer', warn, breaker)
  const workRedis = connectRedis(settings.REDIS_URL, 'worker', warn)
  const storage = openStorage(settings)
  await Promise.all([redisReady(redis), redisReady(queueRedis), prepareStorage(storage, settings, log)])
  const live = createLive(redis, warn)
  keepSweepsOn(openSweepBoard({ redis, live }, program, warn))
  const failures = openFailedJobs(redis, warn)
  const close = () => {
    live.close()
    for (const connection of [redis, queueRedis, workRedis]) connection.disconnect()
  }
  return { storage, redis, queueRedis, workRedis, live, failures, warn, close }
}
