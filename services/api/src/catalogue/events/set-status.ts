import { EventStatus } from '@pix/contracts/events.ts'
import { events } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { StaffContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { type EventRow, lockEvent } from './visibility.ts'

const ORDER = EventStatus.options

/** One step along planning → open → on_sale → closed → archived, or one back; staying is no step and allowed. */
export const mayMove = (from: EventStatus, to: EventStatus): boolean =>
  Math.abs(ORDER.indexOf(to) - ORDER.indexOf(from)) <= 1

/** Changes the status of an event that the caller manages. @throws Problem `illegal_status` */
export async function setEventStatus(staff: StaffContext, eventId: string, status: EventStatus): Promise<EventRow> {
  const event = await lockEvent(staff, eventId)
  if (!mayMove(event.status, status)) throw new Problem('illegal_status')
  if (event.status !== status) {
    await staff.db.update(events).set({ status }).where(eq(events.id, eventId))
    const facts = { before: { status: event.status }, after: { status } }
    await recordAudit(staff, 'event.status', `event:${eventId}`, facts)
  }
  return { ...event, status }
}
