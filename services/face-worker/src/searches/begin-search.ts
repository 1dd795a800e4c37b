import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { and, eq, inArray } from 'drizzle-orm'

/**
 * Says that a search is worked on, for whoever goes on with `returning` what it needs of the search and its event: no row
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
