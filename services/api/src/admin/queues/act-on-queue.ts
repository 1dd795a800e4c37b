import { readFailedJob, readFailedJobs } from '@pix/platform/failed-jobs.ts'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { jobOf } from './list-queues.ts'

/**
 * Enqueues a job that failed again, or all of the queue. It stays among the failed ones until it succeeds.
 *
 * @throws Problem `not_found` for no queue, and for a job that is not among its failed ones
 */
export async function retryJobs(
  ctx: CallerContext,
  queue: string,
  id: string | undefined,
): Promise<{ enqueued: number }> {
  const job = jobOf(queue)
  const failed = id === undefined ? await readFailedJobs(ctx.redis, queue) : [await readFailedJob(ctx.redis, queue, id)]
  if (failed.includes(null)) throw notFound()
  let enqueued = 0
  for (const one of failed) if (await ctx.enqueue(job, one!.data)) enqueued += 1
  await recordAudit(ctx, 'queue.retry', `queue:${queue}`, { enqueued, ...(id !== undefined && { job: id }) })
  return { enqueued }
}

/** Takes every waiting job out of a queue. Jobs that run go on. @throws Problem `not_found` for no queue */
export async function drainQueue(ctx: CallerContext, queue: string, seen: number): Promise<{ removed: number }> {
  const removed = await ctx.enqueue.drain(jobOf(queue))
  await recordAudit(ctx, 'queue.drain', `queue:${queue}`, { seen, removed })
  return { removed }
}
