import { type Dashboard, DASHBOARD_EVENTS } from '@pix/contracts/dashboard.ts'
import type { LocalText } from '@pix/contracts/common.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { and, desc, eq, isNull, ne, or, sql } from 'drizzle-orm'
import { isFailed } from '../../catalogue/photos/index.ts'
import { isOfList, type ListContext, type Listed } from '../../people/studios/index.ts'

/** Events with work are looked for among this many of the newest. */
const LOOKED_AT = 40

const isWaiting = sql`${photos.state} = 'processed' and ${photos.approval} = 'pending'`
const isProcessing = sql`${photos.state} in ('queued', 'processing')`
/** Each of the three conditions is that of an index whose rows are the photos that need something. */
const needsWork = or(isWaiting, isProcessing, isFailed)

const counts = {
  waiting: sql<number>`count(*) filter (where ${isWaiting})`.mapWith(Number).as('waiting'),
  processing: sql<number>`count(*) filter (where ${isProcessing})`.mapWith(Number).as('processing'),
  failed: sql<number>`count(*) filter (where ${isFailed})`.mapWith(Number).as('failed'),
}

/** Photos that somebody or something has yet to deal with. */
export async function readPhotoCounts(list: Listed): Promise<Dashboard['photos']> {
  const { db, studioId } = list
  const [found] =
    studioId === null
      ? await db.select(counts).from(photos).where(needsWork)
      : await db
          .select(counts)
          .from(photos)
          .innerJoin(events, eq(events.id, photos.eventId))
          .where(and(eq(events.studioId, studioId), needsWork))
  return found!
}

/** The newest events that are not archived, those with photos that need something first. */
export async function readEvents(list: ListContext): Promise<Dashboard['events']> {
  const { db } = list
  const newest = db
    .select({ id: events.id })
    .from(events)
    .where(and(isOfList(list, events.studioId), isNull(events.removedAt), ne(events.status, 'archived')))
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(LOOKED_AT)
    .as('newest')
  const work = db
    .select(counts)
    .from(photos)
    .where(and(eq(photos.eventId, newest.id), needsWork))
    .as('work')
  const rows = await db
    .select({
      id: events.id,
      slug: events.slug,
      name: sql<LocalText>`jsonb_build_object('th', ${events.nameTh}, 'en', ${events.nameEn})`,
      studioName: sql<LocalText>`jsonb_build_object('th', ${studios.nameTh}, 'en', ${studios.nameEn})`,
      status: events.status,
      startsAt: events.startsAt,
      approved: events.photoCount,
      waiting: work.waiting,
      processing: work.processing,
      failed: work.failed,
    })
    .from(newest)
    .innerJoin(events, eq(events.id, newest.id))
    .innerJoin(studios, eq(studios.id, events.studioId))
    .crossJoinLateral(work)
    .orderBy(
      sql`(${work.waiting} + ${work.processing} + ${work.failed} > 0) desc`,
      desc(events.startsAt),
      desc(events.id),
    )
    .limit(DASHBOARD_EVENTS)
  return rows.map(row => ({ ...row, startsAt: row.startsAt.toISOString() }))
}
