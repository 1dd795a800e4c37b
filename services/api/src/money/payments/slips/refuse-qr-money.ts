import type { Tx } from '@pix/db/client.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { and, asc, between, eq, lte, ne } from 'drizzle-orm'
import { Problem } from '../../../base/problem.ts'
import { TRANSFER } from './transfer.ts'

const MINUTE_MS = 60_000
/** A statement names the minute, and clocks differ. */
const CLOCKS_MS = 2 * MINUTE_MS
/** So long gateways are asked about a charge (spec/40): its receipt may be that much later than its money. */
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS
/** More orders than a person looks at help nobody. */
const MOST = 5

/**
 * Refuses money on a statement that may be what was paid by another order's QR: a gateway's money may come to the same
 * account, and who paid there can send the slip of it here. It is of the same amount, that QR was there when it came, and its
 * receipt is of that time or up to a week later.
 *
 * @throws Problem `money_taken_in` that names those orders
 */
export async function refuseQrMoney(
  tx: Tx,
  orderId: string,
  { amount, arrivedAt }: { amount: number; arrivedAt: Date },
): Promise<void> {
  const moved = (ms: number) => new Date(arrivedAt.getTime() + ms)
  const paid = await tx
    .selectDistinct({ number: orders.number })
    .from(receipts)
    .innerJoin(payments, eq(payments.id, receipts.paymentId))
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        eq(receipts.amount, amount),
        between(receipts.receivedAt, moved(-CLOCKS_MS), moved(WEEK_MS)),
        ne(payments.gateway, TRANSFER),
        ne(payments.orderId, orderId),
        lte(payments.createdAt, moved(CLOCKS_MS)),
      ),
    )
    .orderBy(asc(orders.number))
    .limit(MOST)
  if (paid.length === 0) return
  throw new Problem('money_taken_in', { errors: paid.map(({ number }) => ({ path: 'order', message: number })) })
}
