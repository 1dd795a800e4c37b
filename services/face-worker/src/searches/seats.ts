import { readSelfies, searchFaces, type SearchJob, type SelfieJob } from '@pix/jobs/faces.ts'
import type { Enqueue, JobOrigin } from '@pix/jobs/job.ts'
import type { Log } from '@pix/platform/log.ts'
import type { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { rank } from '../rank.ts'
import { repeat } from '@pix/platform/repeat.ts'

/**
 * The workers that answer searches: each has a seat, and a queue of its own beside the one that all share. Whoever takes
 * a search from the shared queue hands it to the seat that its event prefers, which holds the event's index already.
 * That only saves loading it: any worker can answer any search, and does when that seat is gone or has its hands full.
 */
export interface Seats {
  /** What is handed to this worker. */
  readonly own: typeof searchFaces
  readonly ownSelfies: typeof readSelfies
  /** False when the search is to be answered right here: there is nobody else, or Redis is away. */
  handOn(job: SearchJob, origin?: JobOrigin): Promise<boolean>
  /**
   * The same for a selfie, but to the one seat of its visitor, however much that has to do: only so is no more than one
   * of a visitor's selfies read at a time.
   */
  handSelfieOn(job: SelfieJob, origin?: JobOrigin): Promise<boolean>
  /** Gives the seat up: nothing more is handed to it. */
  leave(): Promise<void>
  /** Deletes the queue of its own; what still waits in it is enqueued again (`enqueueSearches`). */
  forget(): Promise<void>
}

const KEY = 'search:seats'
/** A worker that was killed keeps its seat this long; then its searches are enqueued again. */
const SEAT_SECONDS = 10
const RENEW_MS = 2_000

/** Takes or renews a seat and removes those that have run out, by Redis's clock: machines differ. */
const RENEW = `
local now = tonumber(redis.call('TIME')[1])
local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. now)
if #gone > 0 then redis.call('ZREM', KEYS[1], unpack(gone)) end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
return gone`
const TAKEN = `return redis.call('ZRANGEBYSCORE', KEYS[1], redis.call('TIME')[1], '+inf')`

interface SeatDeps {
  redis: Redis
  enqueue: Enqueue
  log: Log
}

/** @param full with so many searches waiting or running a seat is passed over */
export function takeSeat({ redis, enqueue, log }: SeatDeps, full: number): Seats {
  const name = randomUUID()
  const renewing = repeat(log, 'search_seat', RENEW_MS, async () => {
    const gone = (await redis.eval(RENEW, 1, KEY, name, SEAT_SECONDS)) as string[]
    for (const seat of gone) await forget(seat)
  })

  async function forget(seat: string): Promise<void> {
    await enqueue.forget(queueOf(seat))
    await enqueue.forget(selfiesOf(seat))
  }

  /** False where this worker is alone, or Redis is away. */
  async function hand(to: (seats: readonly string[]) => Promise<boolean>, job: SearchJob): Promise<boolean> {
    try {
      const seats = (await redis.eval(TAKEN, 1, KEY)) as string[]
      return seats.some(seat => seat !== name) && (await to(seats))
    } catch (error) {
      const { searchId, eventId } = job
      log.warn({ err: error, searchId, eventId }, 'the seats of the searches cannot be read')
      return false
    }
  }

  /** The first seat in the event's own order that is not full, else the one with the least to do. */
  async function choose(eventId: string, seats: readonly string[]): Promise<string> {
    const depths: { seat: string; depth: number }[] = []
    for (const seat of rank(eventId, seats)) {
      const depth = await enqueue.depth(queueOf(seat))
      if (depth < full) return seat
      depths.push({ seat, depth })
    }
    return depths.reduce((a, b) => (b.depth < a.depth ? b : a)).seat
  }

  return {
    own: queueOf(name),
    ownSelfies: selfiesOf(name),
    handOn: (job, origin) => hand(async seats => enqueue(queueOf(await choose(job.eventId, seats)), job, origin), job),
    handSelfieOn: (job, origin) =>
      hand(async seats => enqueue(selfiesOf(rank(job.visitor, seats)[0]!), job, origin), job),
    async leave() {
      await renewing.stop()
      await redis.zrem(KEY, name)
    },
    forget: () => forget(name),
  }
}

/** A seat's queues take what the shared ones take. */
const queueOf = (seat: string): typeof searchFaces => ({ ...searchFaces, queue: `${searchFaces.queue}-${seat}` })
const selfiesOf = (seat: string): typeof readSelfies => ({ ...readSelfies, queue: `${readSelfies.queue}-${seat}` })
