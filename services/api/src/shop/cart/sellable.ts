import type { Queryable } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { isOnSale } from '../../catalogue/events/index.ts'

/** Those of the photos that can be sold now. */
export async function sellablePhotos(db: Queryable, photoIds: readonly string[], at: Date): Promise<Set<string>> {
  if (photoIds.length === 0) return new Set()
  const rows = await db
    .select({
      id: photos.id,
      status: events.status,
      studioOpen: events.studioOpen,
      salesStart: events.salesStart,
      salesEnd: events.salesEnd,
    })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(inArray(photos.id, [...photoIds]), eq(photos.approval, 'approved')))
  return new Set(rows.filter(row => isOnSale(row, at)).map(row => row.id))
}
