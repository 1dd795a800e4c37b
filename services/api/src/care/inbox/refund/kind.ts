import { baht } from '@pix/contracts/common.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { eq, inArray, sql } from 'drizzle-orm'
import type { Kind } from '../kind.ts'

/**
 * Refunds that wait for a decision, and approved ones that wait for their transfer: a decision opens the line again.
 */
export const refundKind: Kind<'refund'> = {
  open: db =>
    db
      .select({ id: refunds.id, since: sql`coalesce(${refunds.decidedAt}, ${refunds.requestedAt})`.as('since') })
      .from(refunds)
      .where(inArray(refunds.state, ['requested', 'approved'])),
  describe: async (db, ids) => {
    const rows = await db
      .select({
        id: refunds.id,
        number: refunds.number,
        state: refunds.state,
        amount: refunds.amount,
        reason: refunds.reason,
        statement: refunds.statement,
        photos: db.$count(refundLines, eq(refundLines.refundId, refunds.id)),
        order: { id: orders.id, number: orders.number, total: orders.total, email: orders.email },
      })
      .from(refunds)
      .leftJoin(orders, eq(orders.id, refunds.orderId))
      .where(inArray(refunds.id, [...ids]))
    return new Map(
      rows.flatMap(({ id, state, amount, order, ...row }) =>
        state === 'requested' || state === 'approved'
          ? [
              [
                id,
                { ...row, state, amount: baht(amount), order: order && { ...order, total: baht(order.total) } },
              ] as const,
            ]
          : [],
      ),
    )
  },
}
