import { events } from '@pix/db/schema/events.ts'
import { and, eq, gt, or, sql } from 'drizzle-orm'
import { decodeCursor, isCount, isId, isMs } from '../../../base/cursor.ts'
import { belowNewest, cutBy, type EventOrder, newestFirst } from './newest-events.ts'

/**
 * Those that are ranked come first, by their rank; then all others, the newest first. A rank that changes while somebody reads
 * page by page moves an event: it may come twice or be left out.
 *
 * @param ranked ids of events, the first one first
 */
export function popularFirst(ranked: readonly string[]): EventOrder {
  const unranked = ranked.length + 1
  const rank = sql<number>`coalesce(array_position(${`{${ranked.join(',')}}`}::uuid[], ${events.id}), ${unranked}::int)`
  const rankOf = (id: string) => (ranked.includes(id) ? ranked.indexOf(id) + 1 : unranked)
  return {
    columns: [rank, ...newestFirst.columns],
    belowCursor(cursor) {
      const last = decodeCursor(cursor, ([at, ms, id]) =>
        isCount(at) && isMs(ms) && isId(id) ? { rank: at, startsAt: new Date(ms), id } : null,
      )
      return last ? or(gt(rank, last.rank), and(eq(rank, last.rank), belowNewest(last.startsAt, last.id))) : undefined
    },
    cutPage: (rows, limit) => cutBy(rows, limit, event => [rankOf(event.id), event.startsAt.getTime(), event.id]),
  }
}
