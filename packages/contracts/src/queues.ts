import { z } from 'zod'
import { Instant, Nothing, page, PageQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

const Ended = z.object({ hour: z.int(), fiveMinutes: z.int() })

export const QueueLine = z
  .object({
    queue: z.string(),
    waiting: z.int(),
    active: z.int(),
    delayed: z.int(),
    /** Jobs whose last run threw. */
    failed: z.int(),
    /** Runs that ended well, and runs that threw, lately. */
    done: Ended,
    threw: Ended,
  })
  .meta({ id: 'QueueLine' })
export type QueueLine = z.infer<typeof QueueLine>

export const listQueues = {
  method: 'GET',
  url: '/admin/queues',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Every queue as it stands now',
    tags: ['admin'],
    response: { 200: z.object({ items: z.array(QueueLine) }) },
  },
} as const satisfies Contract

const QueueParams = z.strictObject({ queue: Text.min(1).max(60) })

export const FailedJob = z
  .object({
    id: z.string(),
    /** Without addresses, long numbers and values of statements. */
    reason: z.string(),
    at: Instant,
    /** Runs in a row that threw. */
    times: z.int(),
  })
  .meta({ id: 'FailedJob' })
export type FailedJob = z.infer<typeof FailedJob>

export const listFailedJobs = {
  method: 'GET',
  url: '/admin/queues/:queue/failed',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Jobs of a queue whose last run threw, the newest first',
    tags: ['admin'],
    params: QueueParams,
    querystring: PageQuery,
    response: { 200: page(FailedJob), 404: problem('not_found') },
  },
} as const satisfies Contract

export const retryJobs = {
  method: 'POST',
  url: '/admin/queues/:queue/retry',
  config: { duringMaintenance: true, access: 'platform_admin' },
  schema: {
    summary: 'Enqueue a job that failed again, or all of the queue',
    tags: ['admin'],
    params: QueueParams,
    body: z.strictObject({
      /** Without one all of them. */
      id: Text.min(1).max(120).optional(),
    }),
    response: { 200: z.object({ enqueued: z.int() }), 404: problem('not_found') },
  },
} as const satisfies Contract

export const drainQueue = {
  method: 'POST',
  url: '/admin/queues/:queue/drain',
  config: { access: 'platform_admin' },
  schema: {
    summary:
      'Take every waiting job out of a queue. Rows that still wait in the database are enqueued again by their sweep',
    tags: ['admin'],
    params: QueueParams,
    body: z.strictObject({
      /** How many the caller saw waiting. */
      seen: z.int().min(1).max(1e9),
    }),
    response: { 200: z.object({ removed: z.int() }), 404: problem('not_found') },
  },
} as const satisfies Contract

export const SWEEP_PROGRAMS = ['api', 'clerk', 'face-worker'] as const
export type SweepProgram = (typeof SWEEP_PROGRAMS)[number]

export const SweepLine = z
  .object({
    program: z.enum(SWEEP_PROGRAMS),
    sweep: z.string(),
    pauseSeconds: z.number(),
    lastStartedAt: Instant,
    lastEndedAt: Instant,
    /** When it runs again at the latest, if a process of its program runs. */
    nextAt: Instant,
    /** The next run is long overdue: no process of its program runs, or the run hangs. */
    isLate: z.boolean(),
    /** Why the last run failed; null where it succeeded. */
    failure: z.string().nullable(),
  })
  .meta({ id: 'SweepLine' })
export type SweepLine = z.infer<typeof SweepLine>

export const listSweeps = {
  method: 'GET',
  url: '/admin/sweeps',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Scheduled tasks of every program, with how each ran last',
    tags: ['admin'],
    response: { 200: z.object({ items: z.array(SweepLine) }) },
  },
} as const satisfies Contract

export const runSweep = {
  method: 'POST',
  url: '/admin/sweeps/:program/:sweep/run',
  config: { duringMaintenance: true, access: 'platform_admin' },
  schema: {
    summary: 'Ask the processes of a program to run a scheduled task now',
    tags: ['admin'],
    params: z.strictObject({ program: z.enum(SWEEP_PROGRAMS), sweep: Text.min(1).max(60) }),
    response: { 202: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract
