import type { FailedJob, QueueLine } from '@pix/contracts/queues.ts'
import { ALL_JOBS } from '@pix/jobs/all-jobs.ts'
import type { JobDefinition } from '@pix/jobs/job.ts'
import { countFailedJobs, readFailedJobs } from '@pix/platform/failed-jobs.ts'
import type { Context } from '../../base/context.ts'
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

/** Jobs of a queue whose last run threw, the newest first. Their data stays inside. */
export async function listFailed({ redis }: Pick<Context, 'redis'>, queue: string): Promise<FailedJob[]> {
  const failed = await readFailedJobs(redis, jobOf(queue).queue)
  return failed.map(({ id, reason, at, times }) => ({ id, reason, at: new Date(at).toISOString(), times }))
}
