import type { Tx } from '@pix/db/client.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { OPEN_STATUSES, isOpen } from '@pix/domain/order-moves.ts'
import type { CancelReason } from '@pix/domain/words.ts'
import { and, eq, exists, inArray } from 'drizzle-orm'
import type { BuyerContext, Context } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import type { CartPhoto } from '../cart/index.ts'
import { lockOrder, lockOwnOrder } from './lock-order.ts'
import { moveOrder } from './move-order.ts'
import { ownOrders } from './queries.ts'
import { returnPhotos } from './return-photos.ts'

/**
 * The buyer gives an unpaid order up; its photos are in the cart again. Money that still comes for it is not lost. The
 * caller publishes the change to the followers of its payments.
 */
export async function cancelOrder(ctx: BuyerContext, orderId: string): Promise<void> {
  await ctx.db.transaction(async tx => {
    const order = await lockOwnOrder(ctx, tx, orderId)
    await moveOrder(tx, order, 'cancelled', { cancelReason: 'by_buyer', cancelledAt: ctx.now() })
    await returnPhotos(ctx, tx, order)
  })
}

/** Why our people cancel an order. */
export interface StaffCancel {
  reason: CancelReason
  /** What they write for each other. */
  note: string
}

/**
 * Our people cancel an unpaid order, as part of a transaction; its photos are in its buyer's cart again. Whether they may is
 * the caller's question.
 *
 * @throws Problem `not_found`, `illegal_state`
 */
export async function cancelForBuyer(
  ctx: Pick<Context, 'now' | 'newId'>,
  tx: Tx,
  orderId: string,
  { reason, note }: StaffCancel,
): Promise<void> {
  const order = await lockOrder(ctx, tx, orderId)
  if (!order) throw notFound()
  await moveOrder(tx, order, 'cancelled', { cancelReason: reason, cancelNote: note, cancelledAt: ctx.now() })
  await returnPhotos(ctx, tx, order)
}

/** Unpaid orders that were cancelled because a new one holds their photos. */
export interface Replaced {
  ids: string[]
  /** What they held and the new order does not. */
  left: CartPhoto[]
}

/** Cancels an unpaid order that holds photos which are being ordered again, in favour of the new one. */
export async function cancelReplaced(ctx: BuyerContext, tx: Tx, photoIds: readonly string[]): Promise<Replaced> {
  const wanted = tx
    .select({ id: orderLines.id })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, orders.id), inArray(orderLines.photoId, [...photoIds])))
  const open = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(ownOrders(ctx), inArray(orders.status, OPEN_STATUSES), exists(wanted)))
  const again = new Set(photoIds)
  const replaced: Replaced = { ids: [], left: [] }
  for (const { id } of open) {
    const order = await lockOrder(ctx, tx, id)
    if (!order || !isOpen(order.status)) continue
    await moveOrder(tx, order, 'cancelled', { cancelReason: 'replaced', cancelledAt: ctx.now() })
    replaced.ids.push(id)
    replaced.left.push(...order.lines.filter(({ photoId }) => !again.has(photoId)))
  }
  return replaced
}
