import type { CrewPhoto, listCrewPhotos as contract } from '@pix/contracts/photos.ts'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, asc, count, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { photographEvent } from '../events/index.ts'
import { keptBy } from './find-photo.ts'
import { crewColumns, toCrewPhoto } from './tiles.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

/**
 * Photos with their states, by (createdAt, id): all for who manages the event, else the photographer's own. Counts are
 * over the same photos.
 */
export async function listCrewPhotos(
  ctx: CallerContext,
  eventId: string,
  query: z.output<typeof contract.schema.querystring>,
): Promise<Answer> {
  const after = decodeCursor(query.cursor, ([ms, id]) => (isMs(ms) && isId(id) ? { at: new Date(ms), id } : null))
  const found = await photographEvent(ctx, eventId, async staff => {
    const taken = query.own ? eq(photos.photographerId, ctx.caller.userId) : keptBy(staff)
    const mine = and(eq(photos.eventId, eventId), taken, isNull(photos.deletedAt))!
    const rows = await staff.db
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
      .limit(query.limit + 1)
    return { rows, counts: await countStates(staff, mine) }
  })
  const items: CrewPhoto[] = found.rows.slice(0, query.limit).map(toCrewPhoto)
  const last = found.rows.length > items.length ? found.rows[items.length - 1]?.photo : undefined
  const { UPLOAD_MAX_BYTES: maxBytes, UPLOAD_MIN_SIDE: minSide, CAMERA_HOST } = ctx.settings
  const limits = { maxBytes, minSide, fromCameras: CAMERA_HOST !== undefined }
  const nextCursor = last ? encodeCursor([last.createdAt.getTime(), last.id]) : null
  return { items, nextCursor, limits, counts: found.counts }
}

/** `pending` counts what waits for a decision: processed photos only. */
async function countStates({ db }: StaffContext, mine: SQL): Promise<Answer['counts']> {
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
