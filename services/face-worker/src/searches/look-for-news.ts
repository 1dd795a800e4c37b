import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { LIVE_PROBE_TTL_SECONDS } from '@pix/jobs/faces.ts'
import type { Live } from '@pix/platform/live.ts'
import type { Log } from '@pix/platform/log.ts'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { SearchPool } from './answer-searches.ts'
import type { SearchWorkers } from './search-workers.ts'

interface NewsDeps {
  db: Db
  live: Live
  log: Log
  now: () => Date
  pool: SearchPool
  searchWorkers: Pick<SearchWorkers, 'preferring'>
  /** When each search was looked for last, milliseconds, those of the last hour: kept from round to round. */
  looked: Map<string, number>
}

/** Results that are open, in one round; the next round goes on with the others: those come first that waited longest. */
const AT_ONCE = 200
/** A search rests so long between two looks: while photos come in, its event has changed again in every round. */
const REST_MS = 10_000
const FORGOTTEN_MS = LIVE_PROBE_TTL_SECONDS * 1_000
/** Searches of the last hour that are read to find those. */
const READ_MOST = 20_000

/**
 * Looks for new photos of people who have their results open, where their event's photos changed since. One search after
 * the other, so that a new search waits for one of these at most. Each event is looked after by the worker that holds its
 * index.
 */
export async function lookForNews(deps: NewsDeps): Promise<void> {
  const { db, live, log, now, pool, searchWorkers, looked } = deps
  const begun = now().getTime()
  for (const [searchId, at] of looked) if (begun - at > FORGOTTEN_MS) looked.delete(searchId)
  const behind = await db
    .select({ searchId: searches.id, eventId: searches.eventId })
    .from(searches)
    .innerJoin(events, eq(events.id, searches.eventId))
    .where(
      and(eq(searches.state, 'done'), gt(searches.liveUntil, now()), gt(events.indexRevision, searches.seenRevision)),
    )
    .orderBy(asc(searches.seenRevision), asc(searches.id))
    .limit(READ_MOST)
  const own = await searchWorkers.preferring([...new Set(behind.map(({ eventId }) => eventId))])
  const lookedAt = (searchId: string) => looked.get(searchId) ?? -Infinity
  const candidates = behind.filter(({ eventId, searchId }) => own.has(eventId) && begun - lookedAt(searchId) >= REST_MS)
  const followed = await live.followed(candidates.map(({ searchId }) => `search:${searchId}` as const))
  const open = candidates
    .filter(({ searchId }) => followed.has(`search:${searchId}`))
    .toSorted((a, b) => lookedAt(a.searchId) - lookedAt(b.searchId) || 0)
  for (const { searchId, eventId } of open.slice(0, AT_ONCE)) {
    looked.set(searchId, begun)
    try {
      const { added = 0 } = await pool.run({ newsOf: searchId }, eventId)
      if (added > 0) await live.publish(`search:${searchId}`)
    } catch (error) {
      log.warn({ err: error, searchId }, 'new photos could not be looked for')
    }
  }
}
