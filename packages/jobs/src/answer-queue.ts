import type { ConnectionOptions, Worker } from 'bullmq'
import type { z } from 'zod'
import { type JobDefinition, type JobOrigin, work } from './job.ts'

type Write = (facts: object, message: string) => void
/** The part of a program's log that is needed here. */
interface JobLog {
  info: Write
  warn: Write
  error: Write
}

type Handle<D> = (data: D, origin: JobOrigin) => Promise<void>

/**
 * Answers a queue, so many jobs at a time. Each job that is done leaves one line in the log, and so does each that failed.
 *
 * @param connection as for a worker: it waits for Redis as long as it takes
 */
export const answerQueue = <D extends z.ZodType>(
  job: JobDefinition<D>,
  { connection, log, concurrency }: { connection: ConnectionOptions; log: JobLog; concurrency: number },
  handle: Handle<z.output<D>>,
): Worker =>
  work(job, connection, logged(log, job.queue, handle), {
    concurrency,
    onError: error => log.warn({ err: error, queue: job.queue }, 'a queue is not reachable'),
    onFailed: (data, error) =>
      log.error({ err: error, queue: job.queue, data }, 'a job failed; a sweep enqueues it again'),
  })

/**
 * A handler that leaves one line in the log when it is done: ids only, the id of the request that enqueued the job among
 * them, so that a photo or a search is followed from the api's log into this one.
 */
export const logged =
  <D>(log: Pick<JobLog, 'info'>, queue: string, handle: Handle<D>): Handle<D> =>
  async (data, origin) => {
    const begun = performance.now()
    await handle(data, origin)
    log.info({ queue, ...data, ...origin, ms: Math.round(performance.now() - begun) }, 'a job was done')
  }
