import type { Tx } from '@pix/db/client.ts'
import { orderArchives } from '@pix/db/schema/orders.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { takeFromCart } from '../cart/index.ts'
import type { Deps } from '../../base/deps.ts'
import type { LockedOrder } from './lock-order.ts'
import { moveOrder } from './move-order.ts'

const DAY_MS = 86_400_000
const FIRST_SWEEP_MS = 3_000

/** The letter that brings the downloads: one for each order. */
export const paidLetter = ({ id, number }: Pick<LockedOrder, 'id' | 'number'>) => ({
  template: 'order_paid' as const,
  data: { orderId: id, number },
  dedupeKey: `order_paid:${id}`,
})

/**
 * Opens an order's downloads: part of the transaction that takes the money. Writes the rows for ZIP and mail, which a
 * sweep finds should the bell not ring, and takes the photos out of the buyer's cart.
 *
 * @param order locked by this transaction
 */
export async function markPaid(
  tx: Tx,
  { now, newId, settings }: Pick<Deps, 'now' | 'newId' | 'settings'>,
  order: LockedOrder,
): Promise<void> {
  const at = now()
  const downloadsUntil = new Date(at.getTime() + settings.DOWNLOAD_DAYS * DAY_MS)
  await moveOrder(tx, order, 'paid', { paidAt: at, downloadsUntil, cancelReason: null })
  await tx.insert(orderArchives).values({ id: newId(), orderId: order.id, eventId: order.eventId, queuedAt: at })
  await tx.insert(outgoingMail).values({
    id: newId(),
    ...paidLetter(order),
    recipient: order.email,
    locale: order.locale,
    createdAt: at,
    // The order's fulfilment rings for it; the sweep comes after.
    nextTryAt: new Date(at.getTime() + FIRST_SWEEP_MS),
  })
  await takeFromCart(tx, order.sessionId, order.photoIds)
}
