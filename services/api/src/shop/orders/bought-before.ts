import type { Tx } from '@pix/db/client.ts'
import { boughtPhotos } from '../../catalogue/entitlements/index.ts'
import type { LockedOrder } from './lock-order.ts'

/**
 * Whether an order's buyer has bought one of its photos by now: nothing is sold twice. The buyer is the session that
 * ordered, and the account that is signed in there or was when it ordered, with what it bought on other devices. The typed
 * e-mail proves nothing: the answer must not show what its owner bought elsewhere.
 *
 * @param order locked with its buyer's cart, so that two orders of one buyer are paid one after the other
 */
export const boughtBefore = async (tx: Tx, order: LockedOrder, at: Date): Promise<boolean> =>
  (await boughtPhotos(tx, { ...order, email: null }, at, order.photoIds)).size > 0
