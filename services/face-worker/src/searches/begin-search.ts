import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { and, eq, inArray } from 'drizzle-orm'

/**
 * Marks a search as worked on; `returning` gives the caller what it needs of the search and its event: no row
 * when the search is gone or has its answer.
 */
export const beginSearch = (db: Db, searchId: string) =>
  db
    .update(searches)
    .set({ state: 'processing' })
    .from(events)
    .where(
      and(
        eq(searches.id, searchId),
        inArray(searches.state, ['queued', 'processing']),
        eq(events.id, searches.eventId),
      ),
    )
