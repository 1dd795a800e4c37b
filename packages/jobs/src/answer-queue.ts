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

/** Where it is noted which jobs threw. */
interface Failures {
  note(queue: string, job: { id: string; data: unknown }, error: unknown): Promise<void>
  clear(queue: string, id: string): Promise<void>
}

type Handle<D> = (data: D, origin: JobOrigin) => Promise<void>

/**
 * Answers a queue, so many jobs at a time. Each job that is done leaves one line in the log, and so does each that failed.
 *
 * @param connection as for a worker: it waits for Redis as long as it takes
 */
export const answerQueue = <D extends z.ZodType>(
  job: JobDefinition<D>,
  {
    connection,
    log,
    concurrency,
    failures,
  }: { connection: ConnectionOptions; log: JobLog; concurrency: number; failures?: Failures },
  handle: Handle<z.output<D>>,
): Worker =>
  work(job, connection, noted(job, failures, logged(log, job.queue, handle)), {
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

/** A handler whose failures are noted, until the job succeeds. */
const noted =
  <D extends z.ZodType>(job: JobDefinition<D>, failures: Failures | undefined, handle: Handle<z.output<D>>) =>
  async (data: z.output<D>, origin: JobOrigin): Promise<void> => {
    const id = job.key(data)
    try {
      await handle(data, origin)
    } catch (error) {
      await failures?.note(job.queue, { id, data }, error)
      throw error
    }
    await failures?.clear(job.queue, id)
  }
