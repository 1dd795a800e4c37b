import type { Tx } from '@pix/db/client.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { orderArchives } from '@pix/db/schema/orders.ts'
import { and, eq, gt, lt } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { grantEntitlements } from '../../catalogue/entitlements/index.ts'
import { forgetCoupon, takeFromCart } from '../cart/index.ts'
import { writeLink } from './access/write-link.ts'
import type { LockedOrder } from './lock-order.ts'
import { moveOrder } from './move-order.ts'

const DAY_MS = 86_400_000

/**
 * Opens an order's downloads: part of the transaction that takes the money. Gives its buyer the photos, writes the rows
 * for the ZIP of each event and for the mail, which sweeps find should their jobs be lost, and takes the photos out of
 * the buyer's cart.
 *
 * @param order locked by this transaction
 * @param document the number of its receipt or tax invoice, for the mail to name
 */
export async function markPaid(
  ctx: Pick<Context, 'now' | 'newId' | 'settings' | 'storefront'>,
  tx: Tx,
  order: LockedOrder,
  document: string | null = null,
): Promise<void> {
  const at = ctx.now()
  await moveOrder(tx, order, 'paid', { paidAt: at, cancelReason: null, cancelNote: null, cancelledAt: null })
  const until = new Date(at.getTime() + ctx.settings.DOWNLOAD_DAYS * DAY_MS)
  // The paying session has its downloads to the end, also where the money came late.
  const ends = and(eq(sessions.id, order.sessionId), gt(sessions.expiresAt, at), lt(sessions.expiresAt, until))
  await tx.update(sessions).set({ expiresAt: until }).where(ends)
  await grantEntitlements(ctx, tx, order, order.lines, { from: at, until })
  await tx
    .insert(orderArchives)
    .values(order.events.map(({ eventId }) => ({ id: ctx.newId(), orderId: order.id, eventId, queuedAt: at })))
  await writeLink(ctx, tx, order, document)
  await takeFromCart(tx, order, order.photoIds)
  if (order.couponId !== null) await forgetCoupon(tx, order, order.couponId)
}
