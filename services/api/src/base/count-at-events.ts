import type { Context } from './context.ts'

const HOUR_MS = 3_600_000
/** Long enough for the sweep that stores the counts, even after a night in which it did not run. */
const KEPT_S = 48 * 3_600

/** What is counted as it happens; it names nobody. */
export type Counted = 'visits' | 'carts'

/** The beginning of the hour that an instant lies in. */
export const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)

/** A hash: how often it happened in that hour, by event. */
export const countsKey = (what: Counted, hour: Date): string => `event-hour:${what}:${hour.toISOString()}`

/**
 * Counts something that happened at events in this hour, in Redis alone: a sweep keeps the counts
 * (docs/decisions/0065). Without Redis it is not counted, and nothing else is lost.
 */
export async function countAtEvents(
  { redis, now, log }: Pick<Context, 'redis' | 'now' | 'log'>,
  what: Counted,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length === 0) return
  const key = countsKey(what, hourOf(now()))
  const counting = redis.multi()
  for (const eventId of eventIds) counting.hincrby(key, eventId, 1)
  await counting
    .expire(key, KEPT_S)
    .exec()
    .catch((error: unknown) => log.debug({ err: error, what }, 'not counted: Redis is away'))
}
