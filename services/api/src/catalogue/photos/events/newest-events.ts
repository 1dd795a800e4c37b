import { events } from '@pix/db/schema/events.ts'
import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm'
import { decodeCursor, encodeCursor, isId, isMs } from '../../../base/cursor.ts'

/** A row of a list of events. */
interface Listed {
  event: { startsAt: Date; id: string }
}

/** How a list of events is sorted and read page by page. */
export interface EventOrder {
  columns: SQL[]
  /** SQL: events below the cursor's. @throws Problem for a cursor that we did not make */
  belowCursor(cursor: string | undefined): SQL | undefined
  /**
   * @param rows one more than a page has where there are more
   * @returns the page, and the cursor of what is below it
   */
  cutPage<R extends Listed>(rows: readonly R[], limit: number): { page: R[]; nextCursor: string | null }
}

/** The newest of two events at one place of an order: by (startsAt, id). */
export const belowNewest = (startsAt: Date, id: string): SQL =>
  or(lt(events.startsAt, startsAt), and(eq(events.startsAt, startsAt), lt(events.id, id)))!

/** Cuts a page off, and writes the sort keys of its last row into the cursor. */
export function cutBy<R extends Listed>(
  rows: readonly R[],
  limit: number,
  keysOf: (event: Listed['event']) => (string | number)[],
): { page: R[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)?.event
  return { page, nextCursor: rows.length > limit && last ? encodeCursor(keysOf(last)) : null }
}

/** By (startsAt, id), the newest first. */
export const newestFirst: EventOrder = {
  columns: [desc(events.startsAt), desc(events.id)],
  belowCursor(cursor) {
    const last = decodeCursor(cursor, ([ms, id]) => (isMs(ms) && isId(id) ? { at: new Date(ms), id } : null))
    return last ? belowNewest(last.at, last.id) : undefined
  },
  cutPage: (rows, limit) => cutBy(rows, limit, ({ startsAt, id }) => [startsAt.getTime(), id]),
}
