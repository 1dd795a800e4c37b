import { orders } from '@pix/db/schema/orders.ts'
import { OPEN_STATUSES, isOpen } from '@pix/domain/order-moves.ts'
import { and, asc, eq, inArray, lte, not, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { lockOrder } from './lock-order.ts'
import { moveOrder } from './move-order.ts'
import { returnPhotos } from './return-photos.ts'

/** Unpaid orders whose time has run out. @param but those that this SQL says something waits for */
export const ordersOutOfTime = (
  { db, now }: Pick<Context, 'db' | 'now'>,
  but: SQL,
): Promise<{ id: string; expiresAt: Date }[]> =>
  db
    .select({ id: orders.id, expiresAt: orders.expiresAt })
    .from(orders)
    .where(and(inArray(orders.status, OPEN_STATUSES), lte(orders.expiresAt, now()), not(but)))
    .orderBy(asc(orders.expiresAt))
    .limit(50)

/**
 * Ends an unpaid order whose time has run out; its photos are in the cart again.
 *
 * @param but as for `ordersOutOfTime`: it may have come meanwhile
 * @returns false when the order got more time, was paid, or something waits
 */
export async function expireOrder(
  ctx: Pick<Context, 'db' | 'now' | 'newId'>,
  orderId: string,
  but: SQL = sql`false`,
): Promise<boolean> {
  return ctx.db.transaction(async tx => {
    const order = await lockOrder(ctx, tx, orderId)
    if (!order || !isOpen(order.status) || order.expiresAt > ctx.now()) return false
    if ((await tx.$count(orders, and(eq(orders.id, orderId), but))) > 0) return false
    await moveOrder(tx, order, 'expired')
    await returnPhotos(ctx, tx, order)
    return true
  })
}
