import type { PageQuery } from '@pix/contracts/common.ts'
import type { Order } from '@pix/contracts/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { and, desc, eq, exists, inArray, isNotNull, isNull, ne } from 'drizzle-orm'
import type { z } from 'zod'
import type { BuyerContext, Context } from '../../../base/context.ts'
import { type BareOrder, findOrder, listOrders } from '../../../shop/orders/index.ts'
import { documentsInForce } from '../../documents/index.ts'
import { keptMoney } from '../kept-money.ts'
import { takesTransfers } from '../slips/transfer-account.ts'

/** One order of this buyer with what came for it. @throws Problem `not_found` for anybody else's */
export async function readOrder(ctx: BuyerContext, orderId: string): Promise<Order> {
  const [order] = await withPayments(ctx, [await findOrder(ctx, orderId)])
  return order!
}

/** This buyer's orders with what came for them, newest first. */
export async function readOrders(
  ctx: BuyerContext,
  query: z.output<typeof PageQuery>,
): Promise<{ items: Order[]; nextCursor: string | null }> {
  const { items, nextCursor } = await listOrders(ctx, query)
  return { items: await withPayments(ctx, items), nextCursor }
}

async function withPayments(ctx: Context, orders: readonly BareOrder[]): Promise<Order[]> {
  if (orders.length === 0) return []
  const ids = orders.map(order => order.id)
  const attempts = await currentPayments(ctx, ids)
  const kept = await keptMoney(ctx, inArray(payments.orderId, ids))
  const transfers = await takesTransfers(ctx)
  const documents = await documentsInForce(ctx, ids)
  return orders.map(order => ({
    ...order,
    paymentId: attempts.get(order.id) ?? null,
    keptMoney: kept.get(order.id) ?? null,
    takesTransfers: transfers,
    document: documents.get(order.id) ?? null,
  }))
}

/** By order: the attempt whose money paid it, else the latest that did not fail. */
async function currentPayments({ db }: Context, orderIds: readonly string[]): Promise<Map<string, string>> {
  const isApplied = and(eq(receipts.paymentId, payments.id), isNotNull(receipts.appliedAt), isNull(receipts.appliedTo))
  const rows = await db
    .selectDistinctOn([payments.orderId], { orderId: payments.orderId, id: payments.id })
    .from(payments)
    .where(and(inArray(payments.orderId, [...orderIds]), ne(payments.state, 'failed')))
    .orderBy(
      payments.orderId,
      desc(exists(db.select({ id: receipts.id }).from(receipts).where(isApplied))),
      desc(payments.attempt),
    )
  return new Map(rows.map(row => [row.orderId, row.id]))
}
