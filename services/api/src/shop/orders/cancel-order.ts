import type { Order } from '@pix/contracts/orders.ts'
import type { Tx } from '@pix/db/client.ts'
import { orderItems, orders } from '@pix/db/schema/orders.ts'
import { and, eq, exists, inArray } from 'drizzle-orm'
import { returnToCart } from '../cart/index.ts'
import type { Deps } from '../../base/deps.ts'
import { notFound } from '../../base/problem.ts'
import { lockOrder } from './lock-order.ts'
import { moveOrder } from './move-order.ts'
import { findOrder } from './queries.ts'
import { tellPayments } from './tell-payments.ts'

/** The buyer gives an unpaid order up; its photos are in the cart again. Money that still comes for it is not lost. */
export async function cancelOrder(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'live' | 'settings'>,
  sessionId: string,
  orderId: string,
): Promise<Order> {
  const cancelled = await deps.db.transaction(async tx => {
    const order = await lockOrder(tx, deps, orderId)
    if (!order || order.sessionId !== sessionId) throw notFound()
    await moveOrder(tx, order, 'cancelled', { cancelReason: 'by_buyer' })
    await returnToCart(tx, deps, order)
    return findOrder({ ...deps, db: tx }, sessionId, orderId)
  })
  await tellPayments(deps, [orderId])
  return cancelled
}

/**
 * An unpaid order that holds photos which are being ordered again is given up for the new one.
 *
 * @returns the orders given up: whoever watches their payments is to be told after the commit
 */
export async function cancelReplaced(
  tx: Tx,
  deps: Pick<Deps, 'newId'>,
  sessionId: string,
  photoIds: readonly string[],
): Promise<string[]> {
  const wanted = tx
    .select({ id: orderItems.id })
    .from(orderItems)
    .where(and(eq(orderItems.orderId, orders.id), inArray(orderItems.photoId, [...photoIds])))
  const open = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(eq(orders.sessionId, sessionId), inArray(orders.status, ['pending', 'awaiting_payment']), exists(wanted)),
    )
  const replaced = []
  for (const { id } of open) {
    const order = await lockOrder(tx, deps, id)
    const stillOpen = order?.status === 'pending' || order?.status === 'awaiting_payment'
    if (!order || !stillOpen) continue
    await moveOrder(tx, order, 'cancelled', { cancelReason: 'replaced' })
    replaced.push(id)
  }
  return replaced
}
