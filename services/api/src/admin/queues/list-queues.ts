import type { FailedJob, listFailedJobs as contract, QueueLine } from '@pix/contracts/queues.ts'
import { ALL_JOBS } from '@pix/jobs/all-jobs.ts'
import type { JobDefinition } from '@pix/jobs/job.ts'
import { countFailedJobs, readFailedJobs } from '@pix/platform/failed-jobs.ts'
import type { z } from 'zod'
import type { Context } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isMs } from '../../base/cursor.ts'
import { notFound } from '../../base/problem.ts'

/** A kind of work by the name of its queue. @throws Problem `not_found` */
export function jobOf(queue: string): JobDefinition {
  const job = ALL_JOBS.find(one => one.queue === queue)
  if (!job) throw notFound()
  return job
}

/** Every queue as it stands now: what Redis says, and which jobs threw. */
export const listQueues = ({ enqueue, redis, now }: Pick<Context, 'enqueue' | 'redis' | 'now'>): Promise<QueueLine[]> =>
  Promise.all(
    ALL_JOBS.map(async job => {
      const [{ failed: threw, ...state }, failed] = await Promise.all([
        enqueue.state(job, now()),
        countFailedJobs(redis, job.queue),
      ])
      return { queue: job.queue, ...state, threw, failed }
    }),
  )

/** Jobs of a queue whose last run threw, the newest first (at, id). Their data stays inside. */
export async function listFailed(
  { redis }: Pick<Context, 'redis'>,
  queue: string,
  { cursor, limit }: z.output<typeof contract.schema.querystring>,
): Promise<{ items: FailedJob[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && typeof id === 'string' ? { at, id } : null))
  const failed = (await readFailedJobs(redis, jobOf(queue).queue)).toSorted(newestFirst)
  const rest = after ? failed.filter(job => newestFirst(after, job) < 0) : failed
  const shown = rest.slice(0, limit)
  const last = rest.length > shown.length ? shown.at(-1) : undefined
  return {
    items: shown.map(({ id, reason, at, times }) => ({ id, reason, at: new Date(at).toISOString(), times })),
    nextCursor: last ? encodeCursor([last.at, last.id]) : null,
  }
}

type Place = { at: number; id: string }
const newestFirst = (a: Place, b: Place) => b.at - a.at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
