import type { EventDetail, EventSummary } from '@pix/contracts/events.ts'
import { baht } from '@pix/contracts/common.ts'
import { pictureUrl } from '@pix/contracts/photos.ts'
import type { Db } from '@pix/db/client.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, between, eq, sql } from 'drizzle-orm'
import { believableTimes, type EventRow, isOnSale } from './visibility.ts'

// Written out: in a select from one table Drizzle leaves the table's name off columns, also within a subquery.

/** The chosen cover, unless it left the sale. */
export const approvedCover = sql<string | null>`(
  select p.id from photos p where p.id = events.cover_photo_id and p.approval = 'approved'
)`

/** What a summary needs of an event: a list leaves its long texts where they are. */
export const summaryColumns = {
  id: events.id,
  slug: events.slug,
  nameTh: events.nameTh,
  nameEn: events.nameEn,
  category: events.category,
  venue: events.venue,
  province: events.province,
  startsAt: events.startsAt,
  endsAt: events.endsAt,
  status: events.status,
  photoCount: events.photoCount,
}

export function summarize(
  event: Pick<EventRow, keyof typeof summaryColumns>,
  coverPhotoId: string | null,
): EventSummary {
  return {
    id: event.id,
    slug: event.slug,
    name: { th: event.nameTh, en: event.nameEn },
    category: event.category,
    venue: event.venue,
    province: event.province,
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    status: event.status,
    photoCount: event.photoCount,
    coverUrl: coverPhotoId === null ? null : pictureUrl({ id: coverPhotoId, eventId: event.id }, 'large'),
    coverPhotoId,
  }
}

/** Everything the event's page shows. */
export async function describeEvent(db: Db, event: EventRow, now: Date): Promise<EventDetail> {
  const [[facts], timeline, cheapest] = await Promise.all([
    db
      .select({ cover: approvedCover, organizerName: organizers.name })
      .from(events)
      .leftJoin(organizers, eq(organizers.id, events.organizerId))
      .where(eq(events.id, event.id)),
    countByQuarterHour(db, event),
    findCheapestPrice(db, event.id),
  ])
  return {
    ...summarize(event, facts?.cover ?? null),
    description: { th: event.descriptionTh, en: event.descriptionEn },
    visibility: event.visibility,
    approval: event.approval,
    salesStart: event.salesStart?.toISOString() ?? null,
    salesEnd: event.salesEnd?.toISOString() ?? null,
    onSaleNow: isOnSale(event, now),
    organizerName: facts?.organizerName ?? null,
    faceSearch: event.faceSearchWording === null ? null : { wording: event.faceSearchWording, model: event.faceModel },
    timeline,
    cheapestPrice: cheapest === null ? null : baht(cheapest),
  }
}

/** Photos whose time is certain. */
async function countByQuarterHour(db: Db, event: EventRow): Promise<{ at: string; count: number }[]> {
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

/** Satang of the lowest price among the event's own packages, else among the global ones. */
async function findCheapestPrice(db: Db, eventId: string): Promise<number | null> {
  const [row] = await db
    .select({
      price: sql<number | null>`coalesce(
        min(${packages.price}) filter (where ${packages.eventId} = ${eventId}),
        min(${packages.price}) filter (where ${packages.eventId} is null)
      )`,
    })
    .from(packages)
    .where(eq(packages.active, true))
  return row?.price ?? null
}
