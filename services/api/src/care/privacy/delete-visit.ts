import { sessions } from '@pix/db/schema/auth.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { and, eq, notExists, sql } from 'drizzle-orm'
import { searchedBy } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { deleteSearches } from './delete-objects.ts'
import { forgetVisits } from './forget-visits.ts'

/**
 * Deletes what a visitor left here: selfies, embeddings, searches, cart, what they wrote in requests, the address of orders
 * that nobody paid, and the session, where nothing was bought. Standing consents are taken back. Paid orders, their
 * documents and their downloads stay: tax law orders it, and the buyer may want them. Faces that they hid stay hidden.
 */
export async function deleteVisit(ctx: BuyerContext): Promise<void> {
  const { db, buyer } = ctx
  await deleteSearches(ctx, searchedBy(buyer, searches))
  await db.transaction(async tx => {
    await forgetVisits({ ...ctx, db: tx }, { visits: [buyer.sessionId], userId: buyer.userId, email: null })
    const ordered = tx
      .select({ one: sql`1` })
      .from(orders)
      .where(eq(orders.sessionId, sessions.id))
    await tx.delete(sessions).where(and(eq(sessions.id, buyer.sessionId), notExists(ordered)))
  })
}
