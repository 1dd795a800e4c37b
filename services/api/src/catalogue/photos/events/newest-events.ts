import { events } from '@pix/db/schema/events.ts'
import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm'
import { decodeCursor, encodeCursor, isId, isMs } from '../../../base/cursor.ts'

/** How lists of events are sorted: by (startsAt, id), the newest first. */
export const newestFirst = [desc(events.startsAt), desc(events.id)]

/** SQL: events below the cursor's in a list of the newest. @throws Problem for a cursor that we did not make */
export function belowCursor(cursor: string | undefined): SQL | undefined {
  const last = decodeCursor(cursor, ([ms, id]) => (isMs(ms) && isId(id) ? { at: new Date(ms), id } : null))
  return last ? or(lt(events.startsAt, last.at), and(eq(events.startsAt, last.at), lt(events.id, last.id))) : undefined
}

/**
 * @param rows of the newest, one more than a page has where there are more
 * @returns the page, and the cursor of what is below it
 */
export function cutPage<R extends { event: { startsAt: Date; id: string } }>(
  rows: readonly R[],
  limit: number,
): { page: R[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)?.event
  return { page, nextCursor: rows.length > limit && last ? encodeCursor([last.startsAt.getTime(), last.id]) : null }
}
