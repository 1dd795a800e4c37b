import type { EventDetail, EventStatus } from '@pix/contracts/events.ts'
import { events } from '@pix/db/schema/events.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { desc, eq } from 'drizzle-orm'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { manageEvent, setEventStatus } from '../../catalogue/events/index.ts'
import { describeEvent } from '../pricing/index.ts'
import { lockRules } from './lock-rules.ts'
import { isOver, refuseRatesBeside, stillCounting } from './rates-beside-rules.ts'

/**
 * Moves an event to a status, and says how its page shows it then.
 *
 * @throws Problem `illegal_status`; `rate_does_not_fit` for one that is opened again and has a rule beside which a rate that
 *   was given meanwhile does not fit
 */
export async function moveEvent(ctx: CallerContext, eventId: string, status: EventStatus): Promise<EventDetail> {
  const event = await manageEvent(ctx, eventId, async staff => {
    // A rate that is being given was not held to this event's rules: it is waited for.
    if (!isOver(status)) await lockRules(staff.db)
    const isMoved = eq(events.id, eventId)
    const [before] = await staff.db.select({ status: events.status }).from(events).where(isMoved).for('update')
    const moved = await setEventStatus(staff, eventId, status)
    if (before && isOver(before.status) && !isOver(status)) await refuseItsRules(staff, eventId)
    return moved
  })
  return describeEvent(ctx, event)
}

/** While an event is over, rates are given without a look at its rules. */
async function refuseItsRules(staff: StaffContext, eventId: string): Promise<void> {
  const rules = await staff.db
    .select()
    .from(splitRules)
    .where(eq(splitRules.eventId, eventId))
    .orderBy(desc(splitRules.startsAt))
  for (const rule of stillCounting(rules, staff.now(), () => eventId))
    await refuseRatesBeside(staff, staff.studioId, rule)
}
