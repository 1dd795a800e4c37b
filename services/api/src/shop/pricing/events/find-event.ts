import type { EventDetail } from '@pix/contracts/events.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, eq, or } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { isId } from '../../../base/cursor.ts'
import { notFound } from '../../../base/problem.ts'
import { seenByAddress, workedOnBy } from '../../../catalogue/events/index.ts'
import { describeEvent } from './describe-event.ts'

/** @throws Problem `not_found` also for an event that this caller may not see */
export async function findEvent(ctx: Context, name: string): Promise<EventDetail> {
  const named = isId(name) ? eq(events.id, name) : eq(events.slug, name)
  const [event] = await ctx.db
    .select()
    .from(events)
    .where(and(named, or(seenByAddress(ctx), workedOnBy(ctx))))
  if (!event) throw notFound()
  return describeEvent(ctx, event)
}
