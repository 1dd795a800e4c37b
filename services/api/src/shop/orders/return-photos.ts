import type { Tx } from '@pix/db/client.ts'
import type { Context } from '../../base/context.ts'
import { returnToCart } from '../cart/index.ts'
import type { LockedOrder } from './lock-order.ts'

/**
 * Puts the photos of an order that ended unpaid into its buyer's cart again. A buyer who asked for deletion gets no
 * cart.
 */
export async function returnPhotos(ctx: Pick<Context, 'newId' | 'now'>, tx: Tx, order: LockedOrder): Promise<void> {
  if (order.forgottenAt === null) await returnToCart(ctx, tx, order)
}
