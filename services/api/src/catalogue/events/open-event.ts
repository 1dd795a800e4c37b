import { tidyCode } from '@pix/contracts/event-rules.ts'
import { eventOpenings, events } from '@pix/db/schema/events.ts'
import { and, eq } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import { isId } from '../../base/cursor.ts'
import { Problem } from '../../base/problem.ts'
import { passwordFits } from '../../people/accounts/index.ts'
import { countTry } from './count-try.ts'
import { isShown } from './visibility.ts'

/**
 * Opens an event by its code to this visitor. Where no such event exists the answer is that of a wrong code, and takes
 * as long.
 *
 * @param name id or slug
 * @throws Problem `wrong_code`, and `rate_limited` after as many wrong codes as an hour may see
 */
export async function openEvent(ctx: BuyerContext, name: string, code: string): Promise<void> {
  const { db, now, buyer } = ctx
  const named = isId(name) ? eq(events.id, name) : eq(events.slug, name)
  const [event] = await db
    .select({ id: events.id, codeHash: events.codeHash })
    .from(events)
    .where(and(named, eq(events.visibility, 'code'), isShown(ctx)))
  const forgive = await countTry(ctx, event?.id ?? name)
  const codeHash = event?.codeHash ?? null
  const fits = await passwordFits(codeHash, tidyCode(code))
  if (!event || codeHash === null || !fits) throw new Problem('wrong_code')
  await db
    .insert(eventOpenings)
    .values({ sessionId: buyer.sessionId, eventId: event.id, codeHash, createdAt: now() })
    .onConflictDoUpdate({ target: [eventOpenings.sessionId, eventOpenings.eventId], set: { codeHash } })
  await forgive()
}
