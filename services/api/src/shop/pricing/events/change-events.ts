import type { createEvent as contract, EventDetail, EventStatus } from '@pix/contracts/events.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { createEvent, manageEvent, setEventStatus } from '../../../catalogue/events/index.ts'
import { describeEvent } from './describe-event.ts'

/** Makes an event, and says how its page shows it. */
export const addEvent = async (ctx: CallerContext, body: z.output<typeof contract.schema.body>): Promise<EventDetail> =>
  describeEvent(ctx, await createEvent(ctx, body))

/** Moves an event to a status, and says how its page shows it then. */
export async function moveEvent(ctx: CallerContext, eventId: string, status: EventStatus): Promise<EventDetail> {
  const event = await manageEvent(ctx, eventId, staff => setEventStatus(staff, eventId, status))
  return describeEvent(ctx, event)
}
