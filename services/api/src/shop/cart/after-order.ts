import type { Tx } from '@pix/db/client.ts'
import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { lockCart } from './change-cart.ts'

/**
 * Puts an order's photos back when it expired or was given up (spec/30). A cart that holds another event's photos by
 * now is left as it is: the visitor has gone on.
 */
export async function returnToCart(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  order: { sessionId: string; eventId: string; photoIds: readonly string[] },
): Promise<void> {
  const cart = await lockCart(tx, deps, order.sessionId)
  const others = await tx.$count(cartItems, eq(cartItems.cartId, cart.id))
  if (others > 0 && cart.eventId !== order.eventId) return
  await tx.update(carts).set({ eventId: order.eventId, updatedAt: deps.now() }).where(eq(carts.id, cart.id))
  const rows = order.photoIds.map(photoId => ({ id: deps.newId(), cartId: cart.id, photoId, createdAt: deps.now() }))
  if (rows.length > 0) await tx.insert(cartItems).values(rows).onConflictDoNothing()
}

/** Takes photos out of a session's cart: they are being paid for, or were bought. */
export async function takeFromCart(tx: Tx, sessionId: string, photoIds: readonly string[]): Promise<void> {
  if (photoIds.length === 0) return
  const mine = tx.select({ id: carts.id }).from(carts).where(eq(carts.sessionId, sessionId))
  await tx.delete(cartItems).where(and(inArray(cartItems.cartId, mine), inArray(cartItems.photoId, [...photoIds])))
}
