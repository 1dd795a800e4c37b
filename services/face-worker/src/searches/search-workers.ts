import { readSelfies, searchFaces, type SearchJob, type SelfieJob } from '@pix/jobs/faces.ts'
import type { Enqueue, JobOrigin } from '@pix/jobs/job.ts'
import type { Log } from '@pix/platform/log.ts'
import type { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { rank } from '../rank.ts'
import { repeat } from '@pix/platform/repeat.ts'

/**
 * The workers that answer searches. Each is registered in Redis and has a queue of its own beside the one that all share.
 * The worker that takes a search from the shared queue hands it to the one that the search's event prefers, which holds
 * the event's index already. That only saves loading it: any worker can answer any search, and does when the preferred
 * one is gone or busy.
 */
export interface SearchWorkers {
  /** What is handed to this worker. */
  readonly own: typeof searchFaces
  readonly ownSelfies: typeof readSelfies
  /** False when the search is to be answered right here: there is nobody else, or Redis is away. */
  handOn(job: SearchJob, origin?: JobOrigin): Promise<boolean>
  /**
   * The same for a selfie, but always to the one worker of its visitor, however busy that is: so no more than one of a
   * visitor's selfies is read at a time.
   */
  handSelfieOn(job: SelfieJob, origin?: JobOrigin): Promise<boolean>
  /** Those of the events that prefer this worker; none while Redis is away. */
  preferring(eventIds: readonly string[]): Promise<Set<string>>
  /** The own queues of all workers that are there, where searches wait that were taken from the shared ones. Throws when Redis is away. */
  queues(): Promise<(typeof searchFaces | typeof readSelfies)[]>
  /** Leaves the others: nothing more is handed to this worker. */
  leave(): Promise<void>
  /** Deletes the queue of its own; what still waits in it is enqueued again (`enqueueSearches`). */
  forget(): Promise<void>
}

/** The sorted set of all workers by the end of their lease. Releases share it, so it keeps its first name. */
const KEY = 'search:seats'
/** A worker that was killed counts as there for this long; then its searches are enqueued again. */
const LEASE_SECONDS = 10
const RENEW_MS = 2_000

/** Takes or renews a lease and removes the workers whose lease has run out, by Redis's clock: machines differ. */
const RENEW = `
local now = tonumber(redis.call('TIME')[1])
local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. now)
if #gone > 0 then redis.call('ZREM', KEYS[1], unpack(gone)) end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
return gone`
const PRESENT = `return redis.call('ZRANGEBYSCORE', KEYS[1], redis.call('TIME')[1], '+inf')`

interface JoinDeps {
  redis: Redis
  enqueue: Enqueue
  log: Log
}

/** @param full a worker with so many searches waiting or running is passed over */
export function joinSearchWorkers({ redis, enqueue, log }: JoinDeps, full: number): SearchWorkers {
  const name = randomUUID()
  const renewing = repeat(log, 'search_lease', RENEW_MS, async () => {
    const gone = (await redis.eval(RENEW, 1, KEY, name, LEASE_SECONDS)) as string[]
    for (const worker of gone) await forget(worker)
  })

  async function forget(worker: string): Promise<void> {
    await enqueue.forget(queueOf(worker))
    await enqueue.forget(selfiesOf(worker))
  }

  /** False where this worker is alone, or Redis is away. */
  async function hand(to: (workers: readonly string[]) => Promise<boolean>, job: SearchJob): Promise<boolean> {
    try {
      const workers = (await redis.eval(PRESENT, 1, KEY)) as string[]
      return workers.some(worker => worker !== name) && (await to(workers))
    } catch (error) {
      const { searchId, eventId } = job
      log.warn({ err: error, searchId, eventId }, 'the workers that search cannot be read')
      return false
    }
  }

  /** The first worker in the event's own order that is not full, else the one with the least to do. */
  async function choose(eventId: string, workers: readonly string[]): Promise<string> {
    const depths: { worker: string; depth: number }[] = []
    for (const worker of rank(eventId, workers)) {
      const depth = await enqueue.depth(queueOf(worker))
      if (depth < full) return worker
      depths.push({ worker, depth })
    }
    return depths.reduce((a, b) => (b.depth < a.depth ? b : a)).worker
  }

  return {
    own: queueOf(name),
    ownSelfies: selfiesOf(name),
    handOn: (job, origin) =>
      hand(async workers => enqueue(queueOf(await choose(job.eventId, workers)), job, origin), job),
    handSelfieOn: (job, origin) =>
      hand(async workers => enqueue(selfiesOf(rank(job.visitor, workers)[0]!), job, origin), job),
    async preferring(eventIds) {
      const workers = (await redis.eval(PRESENT, 1, KEY).catch(() => [])) as string[]
      return new Set(eventIds.filter(eventId => rank(eventId, workers)[0] === name))
    },
    async queues() {
      const workers = (await redis.eval(PRESENT, 1, KEY)) as string[]
      return workers.flatMap(worker => [queueOf(worker), selfiesOf(worker)])
    },
    async leave() {
      await renewing.stop()
      await redis.zrem(KEY, name)
    },
    forget: () => forget(name),
  }
}

/** A worker's own queues take what the shared ones take. */
const queueOf = (worker: string): typeof searchFaces => ({ ...searchFaces, queue: `${searchFaces.queue}-${worker}` })
const selfiesOf = (worker: string): typeof readSelfies => ({ ...readSelfies, queue: `${readSelfies.queue}-${worker}` })
