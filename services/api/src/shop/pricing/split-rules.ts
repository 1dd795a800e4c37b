import type { Queryable } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { and, desc, eq, isNull, lte, or, sql } from 'drizzle-orm'

/**
 * The id of an event's split rule: the latest of the narrowest scope that has begun (spec/50), which is the event's, its
 * studio's or the platform's.
 */
export async function splitRuleInForce(db: Queryable, eventId: string, at: Date): Promise<string> {
  const studioId = db.select({ id: events.studioId }).from(events).where(eq(events.id, eventId))
  const shared = and(
    isNull(splitRules.eventId),
    or(isNull(splitRules.studioId), eq(splitRules.studioId, sql`(${studioId})`)),
  )
  const [rule] = await db
    .select({ id: splitRules.id })
    .from(splitRules)
    .where(and(lte(splitRules.startsAt, at), or(eq(splitRules.eventId, eventId), shared)))
    .orderBy(
      sql`${splitRules.eventId} is null`,
      sql`${splitRules.studioId} is null`,
      desc(splitRules.startsAt),
      desc(splitRules.version),
    )
    .limit(1)
  if (!rule) throw new Error('no split rule is in force')
  return rule.id
}
