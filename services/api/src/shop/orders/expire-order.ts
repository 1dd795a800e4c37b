import { orders } from '@pix/db/schema/orders.ts'
import { OPEN_STATUSES, isOpen } from '@pix/domain/order-moves.ts'
import { and, asc, inArray, lte } from 'drizzle-orm'
import { returnToCart } from '../cart/index.ts'
import type { Context } from '../../base/context.ts'
import { lockOrder } from './lock-order.ts'
import { moveOrder } from './move-order.ts'

/** Unpaid orders whose time has run out. */
export const ordersOutOfTime = ({ db, now }: Pick<Context, 'db' | 'now'>): Promise<{ id: string; expiresAt: Date }[]> =>
  db
    .select({ id: orders.id, expiresAt: orders.expiresAt })
    .from(orders)
    .where(and(inArray(orders.status, OPEN_STATUSES), lte(orders.expiresAt, now())))
    .orderBy(asc(orders.expiresAt))
    .limit(50)

/** Ends an unpaid order whose time has run out; its photos are in the cart again. False when it got more time or was paid. */
export async function expireOrder(ctx: Pick<Context, 'db' | 'now' | 'newId'>, orderId: string): Promise<boolean> {
  return ctx.db.transaction(async tx => {
    const order = await lockOrder(tx, ctx, orderId)
    if (!order || !isOpen(order.status) || order.expiresAt > ctx.now()) return false
    await moveOrder(tx, order, 'expired')
    await returnToCart(tx, ctx, order)
    return true
  })
}
