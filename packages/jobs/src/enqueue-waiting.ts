import type { z } from 'zod'
import type { Enqueue, JobDefinition } from './job.ts'

/**
 * A sweep: enqueues the rows that wait and that no job is about, because theirs was lost or its worker died.
 *
 * @param find the data of rows that wait, but for those whose jobs are enqueued
 */
export async function enqueueWaiting<D extends z.ZodType>(
  enqueue: Enqueue,
  job: JobDefinition<D>,
  find: (enqueued: string[]) => Promise<readonly z.input<D>[]>,
): Promise<void> {
  for (const data of await find(await enqueue.keys(job))) await enqueue(job, data)
}
