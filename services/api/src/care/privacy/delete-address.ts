import { carts } from '@pix/db/schema/cart.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { orders, orderTaxData } from '@pix/db/schema/orders.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import { isStanding, withdrawConsents } from '../../base/consents.ts'
import type { BuyerContext, Joining } from '../../base/context.ts'
import { sendLetter } from '../../base/letters.ts'
import { notFound } from '../../base/problem.ts'
import { openedOrders } from '../../shop/orders/index.ts'
import { deleteSearches } from './delete-objects.ts'
import { forgetAddress, NO_ADDRESS, tellDeleted } from './forget-address.ts'
import { visitsOf } from './my-addresses.ts'

/**
 * Deletes what belongs to the address of an order that this browser opened by a mailed code, and to the visits in which was
 * bought with it while nobody was signed in: searches, carts, letters, requests and objections. Paid orders stay, with
 * their downloads: tax law orders it. A letter to the address says that it was done.
 *
 * @throws Problem `not_found` for an order that was not opened here
 */
export async function deleteAddress(ctx: BuyerContext, orderId: string): Promise<void> {
  const order = (await openedOrders(ctx)).find(({ id }) => id === orderId)
  if (!order) throw notFound()
  const { db } = ctx
  const ids = await visitsOf(ctx, [order.email])
  await deleteSearches(ctx, inArray(searches.sessionId, ids))
  const letterId = await db.transaction(async tx => {
    await endVisits({ ...ctx, db: tx }, ids)
    await tx
      .update(orders)
      .set({ email: NO_ADDRESS })
      .where(and(eq(orders.buyerEmail, order.email), inArray(orders.status, ['expired', 'cancelled'])))
    const ofAddress = tx.select({ id: orders.id }).from(orders).where(eq(orders.buyerEmail, order.email))
    await tx.delete(orderTaxData).where(inArray(orderTaxData.orderId, ofAddress))
    await forgetAddress({ ...ctx, db: tx }, order.email)
    await recordAudit({ ...ctx, db: tx }, 'guest.delete', `order:${orderId}`)
    return tellDeleted(tx, ctx, order)
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
}

async function endVisits(ctx: Joining<BuyerContext>, ids: string[]): Promise<void> {
  await ctx.db.delete(carts).where(inArray(carts.sessionId, ids))
  const standing = await ctx.db
    .select({ id: consents.id })
    .from(consents)
    .where(and(inArray(consents.sessionId, ids), isNull(consents.userId), isStanding(ctx.db)))
  await withdrawConsents(
    ctx,
    standing.map(({ id }) => id),
  )
}
