import type { Redis } from 'ioredis'
import { reasonOf } from './reason-of.ts'

/** A job whose last run threw. */
export interface FailedJob {
  /** Its key in the queue. */
  id: string
  /** Ids alone, as they came. */
  data: unknown
  reason: string
  /** Milliseconds since 1970. */
  at: number
  /** Runs in a row that threw. */
  times: number
}

/** Where workers note which jobs threw: a queue itself keeps no job that ended. */
export interface FailedJobs {
  note(queue: string, job: { id: string; data: unknown }, error: unknown): Promise<void>
  /** It succeeded since. */
  clear(queue: string, id: string): Promise<void>
}

/** The newest failed jobs of a queue are kept: what failed before them is counted by the metrics alone. */
export const MOST_FAILED_JOBS = 500
const KEEP_SECONDS = 30 * 86_400

/** A hash of jobs by their ids. */
const keyOf = (queue: string) => `failed-jobs:${queue}`
/** A sorted set of the same ids by the time of their last run. */
const timesOf = (queue: string) => `failed-jobs:${queue}:at`

/** A hash of Redis for each queue. Without Redis nothing is noted, and the job goes on. */
export const openFailedJobs = (redis: Redis, onError: (error: unknown) => void): FailedJobs => ({
  async note(queue, { id, data }, error) {
    try {
      const before = await readFailedJob(redis, queue, id)
      const failed: FailedJob = { id, data, reason: reasonOf(error), at: Date.now(), times: (before?.times ?? 0) + 1 }
      await redis
        .multi()
        .hset(keyOf(queue), id, JSON.stringify(failed))
        .zadd(timesOf(queue), failed.at, id)
        .expire(keyOf(queue), KEEP_SECONDS)
        .expire(timesOf(queue), KEEP_SECONDS)
        .exec()
      await forget(redis, queue, await redis.zrange(timesOf(queue), '0', `${-MOST_FAILED_JOBS - 1}`))
    } catch (problem) {
      onError(problem)
    }
  },
  async clear(queue, id) {
    await forget(redis, queue, [id]).catch(onError)
  },
})

async function forget(redis: Redis, queue: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await redis
      .multi()
      .hdel(keyOf(queue), ...ids)
      .zrem(timesOf(queue), ...ids)
      .exec()
}

/** One job that threw; null where it did not, or succeeded since. */
export async function readFailedJob(redis: Redis, queue: string, id: string): Promise<FailedJob | null> {
  const kept = await redis.hget(keyOf(queue), id)
  return kept === null ? null : (JSON.parse(kept) as FailedJob)
}

/** Every job of a queue whose last run threw, the newest first. */
export async function readFailedJobs(redis: Redis, queue: string): Promise<FailedJob[]> {
  const kept = await redis.hvals(keyOf(queue))
  return kept.map(text => JSON.parse(text) as FailedJob).toSorted((a, b) => b.at - a.at)
}

/** How many jobs of a queue threw at their last run. */
export const countFailedJobs = (redis: Redis, queue: string): Promise<number> => redis.hlen(keyOf(queue))
