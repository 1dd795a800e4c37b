import type { ledgerAccounts, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { and, between, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type DayRange, withinDays } from '../../base/bangkok-days.ts'
import { isOfList, type Listed } from '../../people/studios/index.ts'

/** Which sales revenue is read of: those of an event, or of all events of the list's studio, in a range of days. */
export interface Scope extends Listed {
  eventId: string | null
  range: DayRange
  /** The first and the last id of the orders that were paid in the range. */
  span: readonly [first: string, last: string]
}

const NO_ID = '00000000-0000-0000-0000-000000000000'

const paidIn = (range: DayRange) => and(isNotNull(orders.paidAt), withinDays(orders.paidAt, range))

/** The scope of these days. */
export const scopeOf = async (list: Listed, eventId: string | null, range: DayRange): Promise<Scope> => ({
  ...list,
  eventId,
  range,
  span: await spanOf(list.db, orders, and(paidIn(range), isOfList(list, orders.studioId))),
})

/** The first and the last id of a table's rows. */
export async function spanOf(
  db: Listed['db'],
  table: typeof orders | typeof ledgerPostings,
  where: SQL | undefined,
): Promise<Scope['span']> {
  const id = sql`${table.id}::text`
  const [found] = await db
    .select({ first: sql<string | null>`min(${id})`, last: sql<string | null>`max(${id})` })
    .from(table)
    .where(where)
  return [found?.first ?? NO_ID, found?.last ?? NO_ID]
}

/**
 * Rows of the orders that were paid in the range, also of those that were refunded since.
 *
 * @param orderId the column by which the rows are joined to their orders. Ids of orders are made in the order of time, so
 *   rows of a range of days lie together in its index. PostgreSQL does not know that and would read the rows of all years,
 *   so the query names the first and the last id.
 */
export const ofPaidOrders = ({ range, span }: Scope, orderId: PgColumn): SQL | undefined =>
  and(paidIn(range), between(orderId, ...span))

/** Lines of one event or of all. An order over several events has a part for each of them. */
export const linesOf = (scope: Scope) =>
  and(scope.eventId === null ? undefined : eq(orderLines.eventId, scope.eventId), isOfList(scope, orders.studioId))

/** What an account earned of the scope. */
export interface Earning {
  kind: (typeof ledgerAccounts.$inferSelect)['kind']
  ownerId: string | null
  /** Satang. */
  earned: number
  /** Satang that refunds took back; `earned` is less by it. */
  refunded: number
}
