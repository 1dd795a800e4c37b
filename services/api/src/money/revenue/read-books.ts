import { baht } from '@pix/contracts/common.ts'
import type { RevenueSummary } from '@pix/contracts/revenue.ts'
import { cameIn } from '@pix/db/receipt-amount.ts'
import { ledgerChecks } from '@pix/db/schema/ledger.ts'
import { orderEvents, orders } from '@pix/db/schema/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { and, count, desc, eq, exists, isNull, sql, sum } from 'drizzle-orm'
import { isOfList, type Listed } from '../../people/studios/index.ts'

/**
 * The kept result of the ledger's check, and the money that waits now: of the studio, or what came for orders with
 * photos of one event. Money for an order over several events counts in full at each of them: no split says whose it is.
 */
export async function readBooks(
  list: Listed,
  eventId: string | null,
): Promise<Pick<RevenueSummary, 'ledger' | 'unapplied'>> {
  const { db } = list
  const last = db.select().from(ledgerChecks).orderBy(desc(ledgerChecks.checkedAt)).limit(1).as('last')
  const itsOrder = db
    .select({ id: payments.id })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        eq(payments.id, receipts.paymentId),
        isOfList(list, orders.studioId),
        eventId === null ? undefined : exists(ofEvent(db, eventId)),
      ),
    )
  // People who read of the whole installation also see money that belongs to no order.
  const isAll = eventId === null && list.studioId === null
  const waiting = db
    .select({ count: count().as('count'), amount: sum(cameIn).mapWith(Number).as('amount') })
    .from(receipts)
    .where(and(isNull(receipts.appliedAt), isNull(receipts.givenBackAt), isAll ? undefined : exists(itsOrder)))
    .as('waiting')
  const [books] = await db
    .select({
      count: waiting.count,
      amount: waiting.amount,
      check: { balanced: last.balanced, postings: last.postings, checkedAt: last.checkedAt },
    })
    .from(waiting)
    .leftJoin(last, sql`true`)
  const check = books?.check?.checkedAt ? books.check : null
  return {
    ledger: check && { ...check, checkedAt: check.checkedAt.toISOString() },
    unapplied: { count: books?.count ?? 0, amount: baht(books?.amount ?? 0) },
  }
}

const ofEvent = (db: Listed['db'], eventId: string) =>
  db
    .select({ id: orderEvents.orderId })
    .from(orderEvents)
    .where(and(eq(orderEvents.orderId, orders.id), eq(orderEvents.eventId, eventId)))
