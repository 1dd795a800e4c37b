import type { CrewPhoto, PhotoApproval } from '@pix/contracts/photos.ts'
import { chooseCover } from '@pix/db/choose-cover.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray, isNull, ne, sql, type SQL } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { manageEvent } from '../events/index.ts'
import { findCrewPhoto, managePhoto } from './find-photo.ts'

export interface Decision {
  eventId: string
  decision: PhotoApproval
  reason?: string | undefined
  /** `all_pending`: everything processed that waits for a decision. */
  photoIds: readonly string[] | 'all_pending'
}

/**
 * Approves, rejects or takes decisions back, for many photos at once. The event's index revision is raised first: its
 * row lock gives the numbers the order of the commits (see the schema), so a search that begins after our answer knows
 * these photos.
 *
 * @returns ids that changed. Photos that could not change (unprocessed, elsewhere, decided so already, taken down) are
 *   not among them
 */
export async function decidePhotos(ctx: CallerContext, wanted: Decision): Promise<string[]> {
  refuseWithoutReason(wanted)
  const changed = await manageEvent(ctx, wanted.eventId, staff => decide(staff, wanted))
  if (changed.length > 0) await ctx.live.publish(`photos:${wanted.eventId}`)
  return changed
}

function refuseWithoutReason({ decision, reason }: Omit<Decision, 'eventId'>): void {
  if (decision !== 'rejected' || reason !== undefined) return
  throw new Problem('invalid_request', { errors: [{ path: 'body.reason', message: 'is needed for a rejection' }] })
}

/** Decides in the transaction of who manages the event. */
async function decide(staff: StaffContext, wanted: Decision): Promise<string[]> {
  const { db, now, caller } = staff
  const { eventId, decision, reason } = wanted
  const [event] = await db
    .update(events)
    .set({ indexRevision: sql`${events.indexRevision} + 1` })
    .where(eq(events.id, eventId))
    .returning({ revision: events.indexRevision })
  if (!event) throw notFound()
  const rows = await db
    .update(photos)
    .set({
      approval: decision,
      rejectReason: decision === 'rejected' ? reason : null,
      decidedBy: caller.userId,
      decidedAt: now(),
      indexRevision: event.revision,
    })
    .where(
      and(eq(photos.eventId, eventId), ne(photos.approval, decision), isNull(photos.takenDownAt), ...decidable(wanted)),
    )
    .returning({ id: photos.id })
  if (rows.length > 0) {
    await chooseCover(db, eventId)
    const facts = { after: { decision, reason: reason ?? null }, photos: rows.length, first: rows[0]?.id }
    await recordAudit(staff, 'photos.decide', `event:${eventId}`, facts)
  }
  return rows.map(row => row.id)
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
  const wanted = { decision, reason, photoIds: [photoId] }
  refuseWithoutReason(wanted)
  const { changed, after } = await managePhoto(ctx, photoId, async (staff, { eventId }) => ({
    changed: await decide(staff, { eventId, ...wanted }),
    after: await findCrewPhoto(staff, photoId),
  }))
  if (changed.length > 0) await ctx.live.publish(`photos:${after.eventId}`)
  if (after.approval !== decision) throw new Problem('illegal_state')
  return after
}
