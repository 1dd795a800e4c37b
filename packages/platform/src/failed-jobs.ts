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
export interface FailureBook {
  note(queue: string, job: { id: string; data: unknown }, error: unknown): Promise<void>
  /** It succeeded since. */
  clear(queue: string, id: string): Promise<void>
}

/** A queue keeps no more: what fails beyond it is counted by the metrics alone. */
const MOST = 500
const KEEP_SECONDS = 30 * 86_400

const keyOf = (queue: string) => `failed-jobs:${queue}`

/** A hash of Redis for each queue. Without Redis nothing is noted, and the job goes on. */
export const openFailureBook = (redis: Redis, onError: (error: unknown) => void): FailureBook => ({
  async note(queue, { id, data }, error) {
    try {
      const before = await readFailedJob(redis, queue, id)
      if (!before && (await redis.hlen(keyOf(queue))) >= MOST) return
      const failed: FailedJob = { id, data, reason: reasonOf(error), at: Date.now(), times: (before?.times ?? 0) + 1 }
      await redis.hset(keyOf(queue), id, JSON.stringify(failed))
      await redis.expire(keyOf(queue), KEEP_SECONDS)
    } catch (problem) {
      onError(problem)
    }
  },
  async clear(queue, id) {
    await redis.hdel(keyOf(queue), id).catch(onError)
  },
})

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
