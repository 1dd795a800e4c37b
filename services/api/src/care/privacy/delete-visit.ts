import { sessions } from '@pix/db/schema/auth.ts'
import { carts } from '@pix/db/schema/cart.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { orders, orderTaxData } from '@pix/db/schema/orders.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { and, eq, inArray, notExists, sql } from 'drizzle-orm'
import { cartOf, ownedBy } from '../../base/caller.ts'
import { consentsOf, isStanding, withdrawConsents } from '../../base/consents.ts'
import type { BuyerContext } from '../../base/context.ts'
import { forgetObjectors } from '../../catalogue/faces/index.ts'
import { deleteSearches } from './delete-objects.ts'
import { NO_ADDRESS } from './forget-address.ts'

/**
 * Deletes what a visitor left here: selfies, embeddings, searches, cart, the address of orders that nobody paid, and the
 * session, where nothing was bought. Standing consents are taken back. Paid orders, their documents and their downloads
 * stay: tax law orders it, and the buyer may want them. Faces that they hid stay hidden.
 */
export async function deleteVisit(ctx: BuyerContext): Promise<void> {
  const { db, buyer } = ctx
  await deleteSearches(ctx, ownedBy(buyer, searches))
  await db.transaction(async tx => {
    const standing = await tx
      .select({ id: consents.id })
      .from(consents)
      .where(and(consentsOf(buyer), isStanding(tx)))
    await withdrawConsents(
      { ...ctx, db: tx },
      standing.map(({ id }) => id),
    )
    await forgetObjectors({ db: tx }, eq(objections.sessionId, buyer.sessionId))
    await tx.delete(carts).where(cartOf(buyer, carts))
    // What the documents of paid orders print is kept with them.
    const own = tx.select({ id: orders.id }).from(orders).where(ownedBy(buyer, orders))
    await tx.delete(orderTaxData).where(inArray(orderTaxData.orderId, own))
    await tx
      .update(orders)
      .set({ email: NO_ADDRESS })
      .where(and(ownedBy(buyer, orders), inArray(orders.status, ['expired', 'cancelled'])))
    const ordered = tx
      .select({ one: sql`1` })
      .from(orders)
      .where(eq(orders.sessionId, sessions.id))
    await tx.delete(sessions).where(and(eq(sessions.id, buyer.sessionId), notExists(ordered)))
  })
}
