import { type ConnectionOptions, type JobsOptions, Queue, Worker } from 'bullmq'
import { z } from 'zod'
import { KEPT_MINUTES, type QueueState, readQueue } from './queue-state.ts'

/**
 * A kind of work with a queue of its own (BullMQ cannot pair job names with data types). Data carries ids only: Redis
 * keeps it in clear text. The row in PostgreSQL is the truth; a job only says that there may be
 * work.
 */
export interface JobDefinition<D extends z.ZodType = z.ZodType> {
  queue: string
  data: D
  /** One job per key at a time. A finished one must be removed, or its key silences the next `add`. */
  key: (data: z.output<D>) => string
  /** Jobs waiting beyond this stay in the database; the worker's sweep feeds them in as room appears. */
  backlogLimit?: number
  options: JobsOptions & { removeOnComplete: true; removeOnFail: true }
}

/** What travels beside a job's data: the id of the request that enqueued it. A sweep gives none. */
export interface JobOrigin {
  requestId?: string | undefined
}

const Arrival = z.looseObject({ requestId: z.string().max(100).optional() })

function arrived<D extends z.ZodType>(
  job: JobDefinition<D>,
  arrival: unknown,
): { data: z.output<D>; origin: JobOrigin } {
  const { requestId, ...data } = Arrival.parse(arrival)
  return { data: job.data.parse(data), origin: { requestId } }
}

export const defineJob = <D extends z.ZodType>(definition: JobDefinition<D>): JobDefinition<D> => definition

/** Lower runs first. */
export const PRIORITY = { interactive: 1, single: 5, batch: 10 } as const

export interface Enqueue {
  /** Enqueues one piece of work. False when the queue is full or Redis is away: a sweep enqueues it again. */
  <D extends z.ZodType>(
    job: JobDefinition<D>,
    data: z.input<D>,
    options?: JobOrigin & { priority?: number },
  ): Promise<boolean>
  /** The same, for one request: the jobs carry its id to the worker's log. */
  from(requestId: string): Enqueue
  /** Jobs waiting or running. */
  depth(job: JobDefinition): Promise<number>
  /** Keys of the jobs waiting or running. Throws when Redis is away. */
  keys(job: JobDefinition): Promise<string[]>
  /** How a queue stands now. Throws when Redis is away. */
  state(job: JobDefinition, now: Date): Promise<QueueState>
  /** Takes what waits out of a queue; what runs goes on. Throws when Redis is away. @returns how many jobs there were */
  drain(job: JobDefinition): Promise<number>
  /** Deletes a queue with all that waits in it: for queues that come and go with their worker. Throws when Redis is away. */
  forget(job: JobDefinition): Promise<void>
  close(): Promise<void>
}

/** Enqueueing that takes longer is given up; should the job arrive after all, it does no harm. */
const ENQUEUE_MS = 1_000

/**
 * @param connection must fail fast (see platform/redis.ts): a request never waits for Redis
 * @param onError called for every job that could not be enqueued
 * @param jobs whose queues are opened now: on a queue opened while Redis is away the first job is given up after a second
 */
export function createEnqueue(
  connection: ConnectionOptions,
  onError: (error: unknown) => void,
  jobs: readonly JobDefinition[] = [],
): Enqueue {
  const queues = new Map<string, Queue>()
  const queueOf = (job: JobDefinition): Queue => {
    let queue = queues.get(job.queue)
    if (!queue) {
      queue = new Queue(job.queue, { connection, skipVersionCheck: true })
      queue.on('error', onError)
      queues.set(job.queue, queue)
    }
    return queue
  }
  for (const job of jobs) queueOf(job)

  const add = async <D extends z.ZodType>(
    job: JobDefinition<D>,
    parsed: z.output<D>,
    { requestId, priority }: JobOrigin & { priority?: number },
  ): Promise<boolean> => {
    const queue = queueOf(job)
    if (job.backlogLimit !== undefined && (await depthOf(queue)) >= job.backlogLimit) return false
    await queue.add(job.queue, requestId === undefined ? parsed : { ...(parsed as object), requestId }, {
      ...job.options,
      jobId: job.key(parsed),
      ...(priority === undefined ? {} : { priority }),
    })
    return true
  }
  const enqueue = async <D extends z.ZodType>(
    job: JobDefinition<D>,
    data: z.input<D>,
    options: JobOrigin & { priority?: number } = {},
  ) => {
    const parsed = job.data.parse(data)
    try {
      return await within(ENQUEUE_MS, add(job, parsed, options))
    } catch (error) {
      onError(error)
      return false
    }
  }
  const others = {
    depth: (job: JobDefinition) => depthOf(queueOf(job)),
    keys: (job: JobDefinition) => queueOf(job).getRanges([...OPEN_STATES], 0, -1),
    state: (job: JobDefinition, now: Date) => readQueue(queueOf(job), now),
    drain: async (job: JobDefinition) => {
      const queue = queueOf(job)
      const waiting = await queue.getJobCountByTypes('waiting', 'prioritized', 'delayed')
      await queue.drain(true)
      return waiting
    },
    forget: async (job: JobDefinition) => {
      const queue = queueOf(job)
      queues.delete(job.queue)
      await queue.obliterate({ force: true })
      await queue.close()
    },
    close: async () => {
      await Promise.all([...queues.values()].map(queue => queue.close()))
    },
  }
  const enqueueFor = (requestId: string | undefined): Enqueue => {
    const enqueueJob: typeof enqueue = (job, data, options) =>
      enqueue(job, data, requestId === undefined ? options : { requestId, ...options })
    return Object.assign(enqueueJob, { ...others, from: enqueueFor })
  }
  return enqueueFor(undefined)
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`enqueueing took longer than ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const OPEN_STATES = ['waiting', 'prioritized', 'active', 'delayed'] as const

const depthOf = (queue: Queue) => queue.getJobCountByTypes(...OPEN_STATES)

/**
 * Answers a queue. The data is parsed again on arrival. The handler must do its CPU work in another process: this one
 * renews the job's lock.
 */
export function work<D extends z.ZodType>(
  job: JobDefinition<D>,
  connection: ConnectionOptions,
  handle: (data: z.output<D>, origin: JobOrigin) => Promise<void>,
  options: {
    concurrency: number
    onError: (error: unknown) => void
    onFailed?: (data: z.output<D>, error: Error) => void
  },
): Worker {
  const worker = new Worker(
    job.queue,
    async entry => {
      const { data, origin } = arrived(job, entry.data)
      await handle(data, origin)
    },
    // This process only waits, so it renews its locks in time; after a crash its jobs are taken over within 20 s.
    {
      connection,
      concurrency: options.concurrency,
      skipVersionCheck: true,
      lockDuration: 15_000,
      stalledInterval: 5_000,
      metrics: { maxDataPoints: KEPT_MINUTES },
    },
  )
  worker.on('error', options.onError)
  if (options.onFailed)
    worker.on('failed', (entry, error) => entry && options.onFailed?.(arrived(job, entry.data).data, error))
  return worker
}
