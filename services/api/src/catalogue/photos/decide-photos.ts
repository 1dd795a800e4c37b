import type { CrewPhoto, PhotoApproval } from '@pix/contracts/photos.ts'
import { chooseCover } from '@pix/db/choose-cover.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray, isNull, ne, sql, type SQL } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { managedBy } from '../events/index.ts'
import { findCrewPhoto, ofManagedEvent } from './find-photo.ts'

export interface Decision {
  eventId: string
  decision: PhotoApproval
  reason?: string | undefined
  /** `all_pending`: everything processed that waits for a decision. */
  photoIds: readonly string[] | 'all_pending'
}

/**
 * Approves, rejects or takes back in bulk. The event's index revision is raised first: its row lock makes the numbers'
 * order the commits' order (see the schema), so a search begun after our answer knows these photos.
 *
 * @returns ids that changed; those that could not (unprocessed, elsewhere, decided so already, taken down) are not among them
 */
export async function decidePhotos(ctx: CallerContext, wanted: Decision): Promise<string[]> {
  const { db, now, live, caller } = ctx
  const { eventId, decision, reason } = wanted
  if (decision === 'rejected' && reason === undefined) {
    throw new Problem('invalid_request', { errors: [{ path: 'body.reason', message: 'is needed for a rejection' }] })
  }
  const changed = await db.transaction(async tx => {
    const [event] = await tx
      .update(events)
      .set({ indexRevision: sql`${events.indexRevision} + 1` })
      .where(and(eq(events.id, eventId), managedBy(ctx)))
      .returning({ revision: events.indexRevision })
    if (!event) throw notFound()
    const rows = await tx
      .update(photos)
      .set({
        approval: decision,
        rejectReason: decision === 'rejected' ? reason : null,
        decidedBy: caller.userId,
        decidedAt: now(),
        indexRevision: event.revision,
      })
      .where(
        and(
          eq(photos.eventId, eventId),
          ne(photos.approval, decision),
          isNull(photos.takenDownAt),
          ...decidable(wanted),
        ),
      )
      .returning({ id: photos.id })
    if (rows.length > 0) {
      await chooseCover(tx, eventId)
      const facts = { after: { decision, reason: reason ?? null }, photos: rows.length, first: rows[0]?.id }
      await recordAudit({ ...ctx, db: tx }, 'photos.decide', `event:${eventId}`, facts)
    }
    return rows.map(row => row.id)
  })
  if (changed.length > 0) await live.publish(`photos:${eventId}`)
  return changed
}

function decidable({ decision, photoIds }: Decision): (SQL | undefined)[] {
  const among =
    photoIds === 'all_pending'
      ? and(eq(photos.approval, 'pending'), eq(photos.state, 'processed'))
      : inArray(photos.id, [...photoIds])
  return [among, decision === 'approved' ? eq(photos.state, 'processed') : undefined]
}

/** One photo; approving needs it processed. @throws Problem `illegal_state` */
export async function decidePhoto(
  ctx: CallerContext,
  photoId: string,
  decision: 'approved' | 'rejected',
  reason?: string,
): Promise<CrewPhoto> {
  const [photo] = await ctx.db
    .select()
    .from(photos)
    .where(and(eq(photos.id, photoId), ofManagedEvent(ctx)))
  if (!photo) throw notFound()
  await decidePhotos(ctx, { eventId: photo.eventId, decision, reason, photoIds: [photoId] })
  const after = await findCrewPhoto(ctx, photoId)
  if (after.approval !== decision) throw new Problem('illegal_state')
  return after
}
