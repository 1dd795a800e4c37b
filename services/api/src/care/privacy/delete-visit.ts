import { logDeletions } from '@pix/db/log-deletions.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { and, eq, notExists, sql } from 'drizzle-orm'
import { searchedBy } from '../../base/caller.ts'
import type { BuyerContext, Joining } from '../../base/context.ts'
import { deleteSearches } from './delete-objects.ts'
import { forgetVisits } from './forget-visits.ts'

/**
 * Deletes what a visitor left here: selfies, embeddings, searches, cart, what they wrote in requests, the address of orders
 * that nobody paid, and the session, where nothing was bought. Standing consents are taken back. Paid orders, their
 * documents and their downloads stay: tax law orders it, and the buyer may want them. Faces that they hid stay hidden.
 */
export async function deleteVisit(ctx: BuyerContext): Promise<void> {
  const { db, buyer } = ctx
  const { sessionId, userId } = buyer
  await deleteSearches(ctx, searchedBy(buyer, searches))
  await db.transaction(async tx => {
    await logDeletions({ ...ctx, db: tx }, [{ kind: 'visit', sessionId, userId, endsSession: true }])
    await forgetVisits({ ...ctx, db: tx }, { visits: [sessionId], userId, email: null })
    await endSession({ ...ctx, db: tx })
  })
}

/** Deletes the session, where nothing was bought in it. */
export async function endSession({ db, buyer }: Pick<Joining<BuyerContext>, 'db' | 'buyer'>): Promise<void> {
  const ordered = db
    .select({ one: sql`1` })
    .from(orders)
    .where(eq(orders.sessionId, sessions.id))
  await db.delete(sessions).where(and(eq(sessions.id, buyer.sessionId), notExists(ordered)))
}
