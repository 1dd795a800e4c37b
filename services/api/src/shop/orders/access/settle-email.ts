import { orders } from '@pix/db/schema/orders.ts'
import { and, eq } from 'drizzle-orm'
import type { BuyerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { ownOrders } from '../queries.ts'

/**
 * Called before a download begins: the first one of another session than the paying one settles the order's e-mail. The
 * order is locked, so that either the correction comes first and this session has lost the order, or the download does.
 *
 * @throws Problem `not_found` where the order is not this buyer's any more
 */
export async function settleEmail(ctx: BuyerContext, orderId: string): Promise<void> {
  const { db, buyer, now } = ctx
  const thisOne = eq(orders.id, orderId)
  const [order] = await db.select().from(orders).where(thisOne)
  if (!order) throw notFound()
  if (order.sessionId === buyer.sessionId || order.downloadedElsewhereAt) return
  await db.transaction(async tx => {
    await tx.select({ id: orders.id }).from(orders).where(thisOne).for('update')
    const settled = await tx
      .update(orders)
      .set({ downloadedElsewhereAt: now() })
      .where(and(thisOne, ownOrders(ctx)))
      .returning({ id: orders.id })
    if (settled.length === 0) throw notFound()
  })
}
