import { EventStatus } from '@pix/contracts/events.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { type EventRow, managedBy } from './visibility.ts'

const ORDER = EventStatus.options

/** One step along planning → open → on_sale → closed → archived, or one back; staying is no step and allowed. */
export const mayMove = (from: EventStatus, to: EventStatus): boolean =>
  Math.abs(ORDER.indexOf(to) - ORDER.indexOf(from)) <= 1

/** @throws Problem `illegal_status` */
export async function setEventStatus(ctx: CallerContext, eventId: string, status: EventStatus): Promise<EventRow> {
  return ctx.db.transaction(async tx => {
    const [event] = await tx
      .select()
      .from(events)
      .where(and(eq(events.id, eventId), managedBy(ctx)))
      .for('update')
    if (!event) throw notFound()
    if (!mayMove(event.status, status)) throw new Problem('illegal_status')
    if (event.status !== status) {
      await tx.update(events).set({ status }).where(eq(events.id, eventId))
      const facts = { before: { status: event.status }, after: { status } }
      await recordAudit({ ...ctx, db: tx }, 'event.status', `event:${eventId}`, facts)
    }
    return { ...event, status }
  })
}
