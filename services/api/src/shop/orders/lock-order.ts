import type { Tx } from '@pix/db/client.ts'
import { orderItems, orders } from '@pix/db/schema/orders.ts'
import { asc, eq } from 'drizzle-orm'
import { lockCart } from '../cart/index.ts'
import type { Deps } from '../../base/deps.ts'

export type LockedOrder = typeof orders.$inferSelect & {
  items: (typeof orderItems.$inferSelect)[]
  photoIds: string[]
}

/**
 * An order with its photos, locked until the transaction ends. Everybody who changes orders locks in one order, so that
 * nobody waits in a circle: payment, then the buyer's cart, then the order.
 */
export async function lockOrder(tx: Tx, deps: Pick<Deps, 'newId'>, orderId: string): Promise<LockedOrder | null> {
  const [found] = await tx.select({ sessionId: orders.sessionId }).from(orders).where(eq(orders.id, orderId))
  if (!found) return null
  await lockCart(tx, deps, found.sessionId)
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
  if (!order) return null
  const items = await tx
    .select()
    .from(orderItems)
    .where(eq(orderItems.orderId, orderId))
    .orderBy(asc(orderItems.position))
  return { ...order, items, photoIds: items.map(item => item.photoId) }
}
