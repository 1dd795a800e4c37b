import type { Live, Subscription, Topic } from '@pix/platform/live.ts'
import type { Log } from '@pix/platform/log.ts'
import { within } from '@pix/platform/within.ts'

/** The version stamp of each row, by the row's id. A changed row has another stamp; a deleted row has none. */
export type Stamps = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** A row that streams follow, and how it is read. */
export interface Followed<T> {
  topic: Topic
  /** Whose view it is. Streams of one topic and one owner share one read. */
  owner: string
  /** Reads the present state from PostgreSQL. */
  read: () => Promise<T>
  /** Reads the stamps of many topics of one kind in one query. */
  stamps: Stamps
}

/** One stream. */
export interface Follower<T> {
  publish(state: T): void
  /** The state cannot be read any more. */
  fail(error: unknown): void
}

/** A new follower waits at most so long for its subscription in Redis. Without Redis it goes on without hints. */
const STANDING_MS = 250
/** Redis is asked this often whether hints arrive. While they do not, stamps are compared as often. */
const TICK_MS = 3_000
const IDS_A_QUERY = 1_000
/** Reads that a round makes at the same time. More would take connections from requests. */
const READS_AT_ONCE = 2

/**
 * All rows that streams of this process follow. A hint causes one read for all streams of its topic and owner. A hint can
 * be lost, so rounds compare the stamps of all followed rows, a thousand in one query, and read those that changed.
 */
export class FollowedTopics {
  readonly #live: Live
  readonly #log: Log
  readonly #roundMs: number
  readonly #groups = new Map<string, Group>()
  readonly #timer: NodeJS.Timeout
  #roundAt = performance.now()
  #round: Promise<void> | undefined

  /** @param roundMs time between two rounds while hints arrive, milliseconds */
  constructor(live: Live, log: Log, roundMs: number) {
    this.#live = live
    this.#log = log
    this.#roundMs = roundMs
    this.#timer = setInterval(() => void this.#tick(), Math.min(TICK_MS, roundMs))
  }

  /** How many pairs of topic and owner are followed now. */
  get size(): number {
    return this.#groups.size
  }

  /**
   * Adds a follower. Resolves once its subscription stands, or after a short wait. A read made after that misses no change.
   *
   * @returns a function that removes the follower
   */
  async follow<T>(followed: Followed<T>, follower: Follower<T>): Promise<() => void> {
    const key = `${followed.topic} ${followed.owner}`
    const group = this.#groups.get(key) ?? new Group(followed as Followed<unknown>, this.#live)
    this.#groups.set(key, group)
    group.followers.add(follower as Follower<unknown>)
    await within(STANDING_MS, group.subscription.standing)
    return () => {
      group.followers.delete(follower as Follower<unknown>)
      if (group.followers.size > 0 || this.#groups.get(key) !== group) return
      this.#groups.delete(key)
      group.subscription.end()
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #tick(): Promise<void> {
    if (this.#round || this.#groups.size === 0) return
    this.#round = this.#lookIfDue()
      .catch((error: unknown) => this.#log.warn({ err: error }, 'what is followed could not be looked at'))
      .finally(() => (this.#round = undefined))
    await this.#round
  }

  async #lookIfDue(): Promise<void> {
    const isConnected = await this.#live.isConnected()
    if (isConnected && performance.now() - this.#roundAt < this.#roundMs) return
    this.#roundAt = performance.now()
    for (const groups of byStamps(this.#groups.values())) await lookAt(groups)
  }
}

/** The streams of one topic and owner. */
class Group {
  readonly followers = new Set<Follower<unknown>>()
  readonly subscription: Subscription
  readonly id: string
  readonly stamps: Stamps
  readonly #read: () => Promise<unknown>
  #stamp: string | undefined
  #reading: Promise<void> | undefined
  #again = false

  constructor({ topic, read, stamps }: Followed<unknown>, live: Live) {
    this.id = topic.slice(topic.indexOf(':') + 1)
    this.stamps = stamps
    this.#read = read
    this.subscription = live.subscribe(topic, () => void this.look())
  }

  /** Reads the row if its stamp is not that of the round before. */
  async compare(stamp: string): Promise<void> {
    if (stamp === this.#stamp) return
    this.#stamp = stamp
    await this.look()
  }

  /** Makes one read at a time. Hints that arrive during a read cause one more. */
  look(): Promise<void> {
    this.#again = true
    this.#reading ??= this.#readAndPublish()
      .catch((error: unknown) => {
        for (const follower of this.followers) follower.fail(error)
      })
      .finally(() => (this.#reading = undefined))
    return this.#reading
  }

  async #readAndPublish(): Promise<void> {
    while (this.#again && this.followers.size > 0) {
      this.#again = false
      const state = await this.#read()
      for (const follower of this.followers) follower.publish(state)
    }
  }
}

/** Groups of one kind, in parts of at most {@link IDS_A_QUERY}. */
function byStamps(groups: Iterable<Group>): Group[][] {
  const kinds = new Map<Stamps, Group[]>()
  for (const group of groups) {
    const kind = kinds.get(group.stamps)
    if (kind) kind.push(group)
    else kinds.set(group.stamps, [group])
  }
  return [...kinds.values()].flatMap(kind =>
    Array.from({ length: Math.ceil(kind.length / IDS_A_QUERY) }, (_, i) =>
      kind.slice(i * IDS_A_QUERY, (i + 1) * IDS_A_QUERY),
    ),
  )
}

async function lookAt(groups: readonly Group[]): Promise<void> {
  const stamps = await groups[0]!.stamps(groups.map(group => group.id))
  const waiting = groups.values()
  const next = async () => {
    for (const group of waiting) await group.compare(stamps.get(group.id) ?? '')
  }
  await Promise.all(Array.from({ length: READS_AT_ONCE }, next))
}
