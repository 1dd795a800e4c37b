import type { EventSummary } from '@pix/contracts/events.ts'
import { pictureUrl } from '@pix/contracts/photos.ts'
import { events } from '@pix/db/schema/events.ts'
import { sql } from 'drizzle-orm'
import type { EventRow } from '../../events/index.ts'

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

export function summarizeEvent(
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
