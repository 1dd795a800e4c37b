import { baht } from '@pix/contracts/common.ts'
import type { Refund, Refunds } from '@pix/contracts/refunds.ts'
import { netPrice, orderLines } from '@pix/db/schema/orders.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { and, asc, desc, eq, gt, inArray, isNull, notExists, type SQL } from 'drizzle-orm'
import type { BuyerContext, Context, Joining } from '../../base/context.ts'
import { findOrder } from '../../shop/orders/index.ts'

/** The refunds of an order of this buyer. @throws Problem `not_found` for anybody else's */
export async function readRefunds(ctx: BuyerContext, orderId: string): Promise<Refunds> {
  const { status } = await findOrder(ctx, orderId)
  const lines = wasPaid(status) ? await refundableLines(ctx, orderId) : []
  return {
    items: await selectRefunds(ctx, eq(refunds.orderId, orderId)),
    refundable: lines.map(({ photoId, amount }) => ({ photoId: photoId!, amount: baht(amount) })),
  }
}

/** Refunds as their buyer sees them, newest first. */
export async function selectRefunds({ db }: Pick<Joining<Context>, 'db'>, which: SQL | undefined): Promise<Refund[]> {
  const rows = await db.select().from(refunds).where(which).orderBy(desc(refunds.requestedAt), desc(refunds.id))
  if (rows.length === 0) return []
  const lines = await db
    .select({ refundId: refundLines.refundId, photoId: orderLines.photoId })
    .from(refundLines)
    .innerJoin(orderLines, eq(orderLines.id, refundLines.lineId))
    .where(
      inArray(
        refundLines.refundId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(orderLines.position))
  return rows.map(row => ({
    id: row.id,
    number: row.number,
    amount: baht(row.amount),
    state: row.state,
    reason: row.reason,
    photoIds: lines.flatMap(({ refundId, photoId }) => (refundId === row.id && photoId !== null ? [photoId] : [])),
    requestedAt: row.requestedAt.toISOString(),
    decisionReason: row.decisionReason,
    transferredAt: row.transferredAt?.toISOString() ?? null,
  }))
}

/** Lines of an order that cost something and were not given back, nor asked back. */
export const refundableLines = ({ db }: Pick<Joining<Context>, 'db'>, orderId: string) =>
  db
    .select({ id: orderLines.id, photoId: orderLines.photoId, amount: netPrice(orderLines) })
    .from(orderLines)
    .where(
      and(
        eq(orderLines.orderId, orderId),
        eq(orderLines.kind, 'photo'),
        gt(netPrice(orderLines), 0),
        notExists(
          db
            .select({ id: refundLines.lineId })
            .from(refundLines)
            .where(and(eq(refundLines.lineId, orderLines.id), eq(refundLines.refused, false))),
        ),
      ),
    )
    .orderBy(asc(orderLines.position))

/** SQL on refunds: photos are asked back by it, and nobody has decided. Money that paid nothing is the platform's to give back. */
export const waitsForDecision: SQL = and(eq(refunds.state, 'requested'), isNull(refunds.receiptId))!
