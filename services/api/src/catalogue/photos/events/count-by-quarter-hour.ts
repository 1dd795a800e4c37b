import type { Queryable } from '@pix/db/client.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, between, eq, sql } from 'drizzle-orm'
import { believableTimes, type EventRow } from '../../events/index.ts'

/** An event's photos on sale by when they were taken: those whose time is certain. */
export async function countByQuarterHour(db: Queryable, event: EventRow): Promise<{ at: string; count: number }[]> {
  const { from, to } = believableTimes(event)
  const at = sql<Date>`date_bin('15 minutes', ${photos.takenAt}, timestamptz '2000-01-01 00:00:00+00')`.mapWith(
    photos.takenAt,
  )
  const rows = await db
    .select({ at, count: sql<number>`count(*)::int` })
    .from(photos)
    .where(and(eq(photos.eventId, event.id), eq(photos.approval, 'approved'), between(photos.takenAt, from, to)))
    .groupBy(sql`1`)
    .orderBy(sql`1`)
  return rows.map(row => ({ at: row.at.toISOString(), count: row.count }))
}
