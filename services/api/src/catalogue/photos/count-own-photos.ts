import { DAY_EVENTS, type PhotographerSummary } from '@pix/contracts/photographer-summary.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { photoProgress } from '@pix/domain/photo-progress.ts'
import { and, count, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { photographedBy } from '../events/index.ts'

/** The events that the caller may upload to, those that take or sell photos first, with how far their own photos of each are. */
export async function countOwnPhotos(ctx: CallerContext): Promise<PhotographerSummary['events']> {
  const { db, caller } = ctx
  const shown = await db
    .select({ id: events.id, slug: events.slug, th: events.nameTh, en: events.nameEn, status: events.status })
    .from(events)
    .where(photographedBy(ctx))
    .orderBy(desc(inArray(events.status, ['open', 'on_sale'])), desc(events.startsAt), desc(events.id))
    .limit(DAY_EVENTS)
  if (shown.length === 0) return []
  const ids = shown.map(({ id }) => id)
  const rows = await db
    .select({ eventId: photos.eventId, state: photos.state, approval: photos.approval, count: count() })
    .from(photos)
    .where(and(eq(photos.photographerId, caller.userId), inArray(photos.eventId, ids), isNull(photos.deletedAt)))
    .groupBy(photos.eventId, photos.state, photos.approval)
  return shown.map(({ id, slug, th, en, status }) => ({
    event: { id, slug, name: { th, en } },
    status,
    counts: countsOf(rows.filter(row => row.eventId === id)),
  }))
}

type Row = Pick<typeof photos.$inferSelect, 'state' | 'approval'> & { count: number }

/** Each photo is counted once. */
function countsOf(rows: readonly Row[]): PhotographerSummary['events'][number]['counts'] {
  const counts = { processing: 0, waiting: 0, onSale: 0, rejected: 0, failed: 0 }
  for (const row of rows) counts[photoProgress(row)] += row.count
  return counts
}
