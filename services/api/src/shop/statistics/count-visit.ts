import { events } from '@pix/db/schema/events.ts'
import { and, eq, or, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { countAtEvents } from '../../base/count-at-events.ts'
import { notFound } from '../../base/problem.ts'
import { seenByAddress, workedOnBy } from '../../catalogue/events/index.ts'

/** Programs say what they are in `User-Agent`: search engines, previews of chats, tests and monitors. */
const PROGRAM = /bot|crawl|spider|slurp|preview|facebookexternalhit|headless|lighthouse|monitor|curl|wget|python/i

/**
 * Counts that a browser tab opened an event. Programs that say so are left out, and who works on the event.
 *
 * @throws Problem `not_found` for an event that this caller may not see
 */
export async function countVisit(ctx: Context, eventId: string, userAgent: string | undefined): Promise<void> {
  const worksHere = workedOnBy(ctx)
  const [event] = await ctx.db
    .select({ isCounted: sql<boolean>`not (${worksHere})` })
    .from(events)
    .where(and(eq(events.id, eventId), or(seenByAddress(ctx), worksHere)))
  if (!event) throw notFound()
  if (!event.isCounted || userAgent === undefined || PROGRAM.test(userAgent)) return
  await countAtEvents(ctx, 'visits', [eventId])
}
