import type { Tx } from '@pix/db/client.ts'
import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { type Owner, ownedBy } from '../../base/caller.ts'
import type { Context } from '../../base/context.ts'
import { dropLeftChoices, lockCart } from './change-cart.ts'

/** Puts an order's photos back when it expired or was given up, beside what the cart holds by now (spec/30). */
export async function returnToCart(
  tx: Tx,
  ctx: Pick<Context, 'newId' | 'now'>,
  order: Owner & { photoIds: readonly string[] },
): Promise<void> {
  const cart = await lockCart(tx, ctx, order)
  const at = ctx.now()
  await tx.update(carts).set({ updatedAt: at }).where(eq(carts.id, cart.id))
  const rows = order.photoIds.map(photoId => ({ id: ctx.newId(), cartId: cart.id, photoId, createdAt: at }))
  if (rows.length > 0) await tx.insert(cartItems).values(rows).onConflictDoNothing()
}

/** Takes photos out of their buyer's cart: they are being paid for, or were bought. */
export async function takeFromCart(tx: Tx, owner: Owner, photoIds: readonly string[]): Promise<void> {
  const [cart] = await tx.select({ id: carts.id }).from(carts).where(ownedBy(owner, carts))
  if (!cart || photoIds.length === 0) return
  await tx.delete(cartItems).where(and(eq(cartItems.cartId, cart.id), inArray(cartItems.photoId, [...photoIds])))
  await dropLeftChoices(tx, cart.id)
}
