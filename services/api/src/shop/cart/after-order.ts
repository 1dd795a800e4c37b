import type { Tx } from '@pix/db/client.ts'
import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { type CartOwner, cartOf } from '../../base/caller.ts'
import type { Context } from '../../base/context.ts'
import { dropLeftChoices } from './change-cart.ts'
import { lockCart } from './lock-carts.ts'
import { type CartPhoto, putIn } from './put-in.ts'

/** Puts an order's photos back when it expired or was given up, beside what its studio's cart holds by now (spec/30). */
export async function returnToCart(
  ctx: Pick<Context, 'newId' | 'now'>,
  tx: Tx,
  order: CartOwner & { studioId: string; lines: readonly CartPhoto[] },
): Promise<void> {
  await putIn(ctx, tx, await lockCart(ctx, tx, order, order.studioId), order.lines)
}

/** Takes photos out of their buyer's cart: they are being paid for, or were bought. */
export async function takeFromCart(
  tx: Tx,
  order: CartOwner & { studioId: string },
  photoIds: readonly string[],
): Promise<void> {
  const [cart] = await tx
    .select({ id: carts.id })
    .from(carts)
    .where(and(cartOf(order, carts), eq(carts.studioId, order.studioId)))
  if (!cart || photoIds.length === 0) return
  await tx.delete(cartItems).where(and(eq(cartItems.cartId, cart.id), inArray(cartItems.photoId, [...photoIds])))
  await dropLeftChoices(tx, cart.id)
}

/** Takes the coupon out of its buyer's cart: an order that uses it was paid. */
export const forgetCoupon = async (
  tx: Tx,
  order: CartOwner & { studioId: string },
  couponId: string,
): Promise<void> => {
  const used = and(cartOf(order, carts), eq(carts.studioId, order.studioId), eq(carts.couponId, couponId))
  await tx.update(carts).set({ couponId: null }).where(used)
}
