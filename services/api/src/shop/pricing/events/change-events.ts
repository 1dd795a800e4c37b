import type { createEvent as contract } from '@pix/contracts/event-fields.ts'
import type { EventDetail } from '@pix/contracts/events.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { createEvent } from '../../../catalogue/events/index.ts'
import { describeEvent } from './describe-event.ts'

/** Makes an event, and says how its page shows it. */
export const addEvent = async (ctx: CallerContext, body: z.output<typeof contract.schema.body>): Promise<EventDetail> =>
  describeEvent(ctx, await createEvent(ctx, body))
