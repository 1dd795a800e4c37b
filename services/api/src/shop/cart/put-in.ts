import type { Tx } from '@pix/db/client.ts'
import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { slices } from '@pix/db/slices.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import type { CartRow } from './lock-carts.ts'

/** A photo for a cart, with the event that it is of. */
export interface CartPhoto {
  photoId: string
  eventId: string
}

/** Puts photos of the cart's studio into a locked cart, beside what it holds. */
export async function putIn(
  { newId, now }: Pick<Context, 'newId' | 'now'>,
  tx: Tx,
  cart: Pick<CartRow, 'id' | 'studioId'>,
  photos: readonly CartPhoto[],
): Promise<void> {
  const at = now()
  await tx.update(carts).set({ updatedAt: at }).where(eq(carts.id, cart.id))
  const rows = photos.map(({ photoId, eventId }) => ({
    id: newId(),
    cartId: cart.id,
    studioId: cart.studioId,
    eventId,
    photoId,
    createdAt: at,
  }))
  for (const some of slices(rows)) await tx.insert(cartItems).values(some).onConflictDoNothing()
}
