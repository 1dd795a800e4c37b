import { baht } from '@pix/contracts/common.ts'
import { KeptMoney } from '@pix/contracts/orders.ts'
import { cameIn } from '@pix/db/receipt-amount.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Kind } from '../kind.ts'
import { orderShown } from '../named-columns.ts'

/** Money that came and pays nothing. */
export const receiptKind: Kind<'receipt'> = {
  open: db =>
    db
      .select({ id: receipts.id, since: receipts.receivedAt })
      .from(receipts)
      .where(and(isNull(receipts.appliedAt), isNull(receipts.givenBackAt))),
  describe: async (db, ids) => {
    const rows = await db
      .select({
        id: receipts.id,
        amount: cameIn,
        gateway: receipts.gateway,
        charge: receipts.transId,
        reason: receipts.reason,
        reference: payments.ref1,
        order: orderShown,
      })
      .from(receipts)
      .leftJoin(payments, eq(payments.id, receipts.paymentId))
      .leftJoin(orders, eq(orders.id, payments.orderId))
      .where(inArray(receipts.id, [...ids]))
    return new Map(
      rows.map(({ id, amount, reason, order, ...row }) => [
        id,
        {
          ...row,
          amount: amount === null ? null : baht(amount),
          reason: KeptMoney.shape.reason.parse(reason),
          order: order && { ...order, total: baht(order.total) },
        },
      ]),
    )
  },
}
