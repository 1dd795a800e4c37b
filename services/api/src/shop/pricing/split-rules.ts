import type { Queryable } from '@pix/db/client.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { and, desc, eq, isNull, lte, or, sql } from 'drizzle-orm'

/** The id of an event's split rule: the latest of the narrowest scope that has begun (spec/50). */
export async function splitRuleInForce(db: Queryable, eventId: string, at: Date): Promise<string> {
  const [rule] = await db
    .select({ id: splitRules.id })
    .from(splitRules)
    .where(and(lte(splitRules.startsAt, at), or(eq(splitRules.eventId, eventId), isNull(splitRules.eventId))))
    .orderBy(sql`${splitRules.eventId} is null`, desc(splitRules.startsAt), desc(splitRules.version))
    .limit(1)
  if (!rule) throw new Error('no split rule is in force')
  return rule.id
}
