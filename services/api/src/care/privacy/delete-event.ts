import type { Queryable } from '@pix/db/client.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderEvents, orders } from '@pix/db/schema/orders.ts'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context, StaffContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { lockEvent, manageEvent } from '../../catalogue/events/index.ts'

/**
 * Who manages an event deletes it: nobody sees it from now on, and the sweep `removeEvents` deletes what it has.
 *
 * @throws Problem `event_sold` for one with paid orders: it is archived, and goes when its time is over
 */
export async function deleteEvent(ctx: CallerContext, eventId: string): Promise<void> {
  await manageEvent(ctx, eventId, async staff => {
    const { slug, nameTh, nameEn } = await lockEvent(staff, eventId)
    await refuseSold(staff, eventId)
    await staff.db.update(events).set(removed(ctx.now())).where(eq(events.id, eventId))
    await logDeletions(staff, [{ kind: 'event', eventId }])
    await recordAudit(staff, 'event.delete', `event:${eventId}`, { before: { slug, nameTh, nameEn } })
  })
}

/** Removes an event again in a restored database; `removeEvents` deletes what it has. @returns whether it was there */
export async function removeAgain(
  { db, now }: Pick<Context, 'now'> & { db: Queryable },
  eventId: string,
): Promise<boolean> {
  const again = await db
    .update(events)
    .set(removed(now()))
    .where(and(eq(events.id, eventId), isNull(events.removedAt)))
  return (again.rowCount ?? 0) > 0
}

async function refuseSold({ db }: StaffContext, eventId: string): Promise<void> {
  const [sold] = await db
    .select({ id: orders.id })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderEvents.orderId))
    .where(and(eq(orderEvents.eventId, eventId), isNotNull(orders.paidAt)))
    .limit(1)
  if (sold) throw new Problem('event_sold')
}

/**
 * Another event may take its slug, which leads nowhere until then. Without the recorded basis there is no face search,
 * and an archived event is shown to nobody.
 */
export const removed = (at: Date) =>
  ({
    removedAt: at,
    slug: sql`'removed-' || ${events.id}`,
    status: 'archived',
    coverPhotoId: null,
    descriptionTh: '',
    descriptionEn: '',
    faceSearchWording: null,
    faceSearchBy: null,
    faceSearchAt: null,
  }) as const
