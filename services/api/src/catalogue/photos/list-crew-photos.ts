import type { CrewPhoto, listCrewPhotos as contract } from '@pix/contracts/photos.ts'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, asc, count, eq, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, Context } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { findPhotographedEvent } from '../events/index.ts'
import { keptBy } from './find-photo.ts'
import { crewColumns, toCrewPhoto } from './tiles.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

/** Photos with their states, by (createdAt, id): a photographer's own, all for who manages the event. Counts are over the same set. */
export async function listCrewPhotos(
  ctx: CallerContext,
  eventId: string,
  query: z.output<typeof contract.schema.querystring>,
): Promise<Answer> {
  const { db, settings } = ctx
  await findPhotographedEvent(ctx, eventId)
  const after = decodeCursor(query.cursor, ([ms, id]) => (isMs(ms) && isId(id) ? { at: new Date(ms), id } : null))
  const mine = and(eq(photos.eventId, eventId), keptBy(ctx))!
  const [rows, counts] = await Promise.all([
    db
      .select(crewColumns)
      .from(photos)
      .innerJoin(users, eq(users.id, photos.photographerId))
      .where(
        and(
          mine,
          query.state && eq(photos.state, query.state),
          query.approval && eq(photos.approval, query.approval),
          after
            ? sql`(${photos.createdAt}, ${photos.id}) > (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(asc(photos.createdAt), asc(photos.id))
      .limit(query.limit + 1),
    countStates(ctx, mine),
  ])
  const items: CrewPhoto[] = rows.slice(0, query.limit).map(toCrewPhoto)
  const last = rows.length > items.length ? rows[items.length - 1]?.photo : undefined
  const limits = { maxBytes: settings.UPLOAD_MAX_BYTES, minSide: settings.UPLOAD_MIN_SIDE }
  return { items, nextCursor: last ? encodeCursor([last.createdAt.getTime(), last.id]) : null, limits, counts }
}

/** `pending` counts what waits for a decision: processed photos only. */
async function countStates({ db }: Context, mine: SQL): Promise<Answer['counts']> {
  const rows = await db
    .select({ state: photos.state, approval: photos.approval, count: count() })
    .from(photos)
    .where(mine)
    .groupBy(photos.state, photos.approval)
  const sum = (fits: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(fits).reduce((total, row) => total + row.count, 0)
  return {
    queued: sum(row => row.state === 'queued'),
    processing: sum(row => row.state === 'processing'),
    processed: sum(row => row.state === 'processed'),
    failed: sum(row => row.state === 'failed'),
    pending: sum(row => row.state === 'processed' && row.approval === 'pending'),
    approved: sum(row => row.approval === 'approved'),
    rejected: sum(row => row.approval === 'rejected'),
  }
}
