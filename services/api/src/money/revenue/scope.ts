import type { ledgerAccounts } from '@pix/db/schema/ledger.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import { type DayRange, withinDays } from '../../base/bangkok-days.ts'
import { isOfList, type ListContext } from '../../people/studios/index.ts'

/** What revenue is read of: an event, or all events of the list's studio. */
export interface Scope extends ListContext {
  eventId: string | null
}

/** Orders that were paid in the range, also those that were refunded since. */
export const paidOrders = (range: DayRange) => and(isNotNull(orders.paidAt), withinDays(orders.paidAt, range))

/** Lines of one event or of all. Of an order over several events an event has its own part. */
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
