import { payoutLines } from '@pix/db/schema/payouts.ts'
import { and, eq, sql } from 'drizzle-orm'
import { type DayRange, withinDays } from '../../base/bangkok-days.ts'
import { isOfList, type Listed } from '../../people/studios/index.ts'

/** Satang that were transferred to payees in these days, and what was withheld of them. A transfer that came back is none. */
export async function sumPaid(list: Listed, range: DayRange): Promise<{ net: number; withheld: number }> {
  const isPaid = and(eq(payoutLines.state, 'paid'), withinDays(payoutLines.paidAt, range))
  const [found] = await list.db
    .select({
      net: sql<number>`coalesce(sum(${payoutLines.net}), 0)`.mapWith(Number),
      withheld: sql<number>`coalesce(sum(${payoutLines.withheld}), 0)`.mapWith(Number),
    })
    .from(payoutLines)
    .where(and(isPaid, isOfList(list, payoutLines.studioId)))
  return found!
}
