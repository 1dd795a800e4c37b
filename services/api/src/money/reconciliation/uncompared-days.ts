import { reconciliations } from '@pix/db/schema/reconciliation.ts'
import { addDays } from '@pix/domain/bangkok-day.ts'
import { and, asc, gte, isNull } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

/** Days before the last one that are looked for. */
const MOST_DAYS = 31

/**
 * The days up to this one whose daily comparison has no end, oldest first: from the first that was claimed within a month
 * on. A shop that compares for the first time begins with this day.
 */
export async function uncomparedDays({ db }: Pick<Context, 'db'>, last: string): Promise<string[]> {
  const claimed = await db
    .select({ day: reconciliations.day, finishedAt: reconciliations.finishedAt })
    .from(reconciliations)
    .where(and(isNull(reconciliations.askedBy), gte(reconciliations.day, addDays(last, -MOST_DAYS))))
    .orderBy(asc(reconciliations.day))
  const finished = new Set(claimed.filter(({ finishedAt }) => finishedAt !== null).map(({ day }) => day))
  const first = claimed[0]?.day ?? last
  const days = Array.from({ length: MOST_DAYS + 1 }, (_, i) => addDays(last, i - MOST_DAYS))
  return days.filter(day => day >= first && !finished.has(day))
}
