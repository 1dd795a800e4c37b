import type { Tx } from '@pix/db/client.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, eq, inArray, ne } from 'drizzle-orm'
import { boughtPhotos } from '../../catalogue/entitlements/index.ts'
import type { LockedOrder } from './lock-order.ts'

/**
 * Whether an order's buyer has bought one of its photos by now: nothing is sold twice. The buyer is the session that
 * ordered, and the account that was signed in there, on whatever device it ordered too. The typed e-mail proves nothing: the
 * answer must not show what its owner bought elsewhere.
 *
 * @param order locked with its buyer's cart, so that two orders of one buyer are paid one after the other
 */
export async function boughtBefore(tx: Tx, order: LockedOrder, at: Date): Promise<boolean> {
  if ((await boughtPhotos(tx, { ...order, email: null }, at, order.photoIds)).size > 0) return true
  if (order.userId === null) return false
  const others = tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.userId, order.userId), ne(orders.id, order.id)))
  const [found] = await tx
    .select({ id: entitlements.id })
    .from(entitlements)
    .where(and(isBought(), inArray(entitlements.photoId, order.photoIds), inArray(entitlements.orderId, others)))
    .limit(1)
  return found !== undefined
}
