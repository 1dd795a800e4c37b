import type { Carts } from '@pix/contracts/cart.ts'
import { carts } from '@pix/db/schema/cart.ts'
import { coupons } from '@pix/db/schema/coupons.ts'
import { and, eq } from 'drizzle-orm'
import type { BuyerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { lockOwnCarts, readCarts } from '../../cart/index.ts'
import { cleanCode } from '../../pricing/index.ts'
import { refuseUsedUp } from './claim-coupon.ts'

/**
 * Keeps a coupon with a cart, which is then priced by it; `null` takes it out. One that takes nothing off is refused, and
 * the cart stays as it was. Whether it may still be used is asked again when the cart is ordered.
 */
export async function enterCoupon(
  ctx: BuyerContext,
  { cartId, code }: { cartId: string; code: string | null },
): Promise<Carts> {
  return ctx.db.transaction(async tx => {
    const cart = (await lockOwnCarts(ctx, tx)).find(({ id }) => id === cartId)
    if (!cart) throw new Problem('cart_empty')
    const [coupon] =
      code === null
        ? []
        : await tx
            .select()
            .from(coupons)
            .where(and(eq(coupons.studioId, cart.studioId), eq(coupons.code, cleanCode(code))))
    if (code !== null && !coupon) throw new Problem('coupon_unknown')
    if (coupon) await refuseUsedUp(tx, coupon, ctx.buyer)
    await tx
      .update(carts)
      .set({ couponId: coupon?.id ?? null })
      .where(eq(carts.id, cartId))
    const after = await readCarts({ ...ctx, db: tx })
    const problem = after.items.find(({ id }) => id === cartId)?.coupon?.problem
    if (problem) throw new Problem(problem === 'over' ? 'coupon_over' : 'coupon_not_here')
    return after
  })
}
