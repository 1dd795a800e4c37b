import type { Queryable } from '@pix/db/client.ts'
import { carts } from '@pix/db/schema/cart.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { orders, orderTaxData } from '@pix/db/schema/orders.ts'
import { takedownRequests } from '@pix/db/schema/takedowns.ts'
import { OPEN_STATUSES } from '@pix/domain/order-moves.ts'
import { and, eq, inArray, isNull, not, or, type SQL } from 'drizzle-orm'
import { isStanding, withdrawConsents } from '../../base/consents.ts'
import type { BuyerContext, Joining } from '../../base/context.ts'
import { forgetObjectors } from '../../catalogue/faces/index.ts'
import { forgetAddress, NO_ADDRESS } from './forget-address.ts'

/** What is to be forgotten of a person. */
interface Forgotten {
  /** Ids of their sessions. */
  visits: readonly string[]
  /** Whose carts and consents go, too. */
  userId: string | null
  /** In lower case, of somebody who showed that they read its mail: what belongs to it goes, too. */
  email: string | null
  /** Further orders of theirs. */
  orders?: SQL
}

/**
 * Deletes what visits left, but for searches, as part of a transaction: carts, what was written in requests, who objected,
 * the tax data of orders, and the address of those that nobody paid. Standing consents are taken back. An order that waits
 * for its money keeps both until it ends, and paid orders keep their address and the documents that were printed.
 */
export async function forgetVisits(
  ctx: Joining<BuyerContext>,
  { visits, userId, email, ...of }: Forgotten,
): Promise<void> {
  const { db, now } = ctx
  const ids = [...visits]
  const ofGuest = and(inArray(consents.sessionId, ids), isNull(consents.userId))
  const theirs = userId === null ? ofGuest : or(ofGuest, eq(consents.userId, userId))
  const standing = await db
    .select({ id: consents.id })
    .from(consents)
    .where(and(theirs, isStanding(db)))
  await withdrawConsents(
    ctx,
    standing.map(({ id }) => id),
  )
  const ofAccount = userId === null ? undefined : eq(carts.userId, userId)
  await db.delete(carts).where(or(inArray(carts.sessionId, ids), ofAccount))
  await forgetObjectors({ db }, inArray(objections.sessionId, ids))
  await db
    .update(takedownRequests)
    .set({ sessionId: null, statement: null, email: null, erasedAt: now() })
    .where(inArray(takedownRequests.sessionId, ids))
  const ofAddress = email === null ? undefined : eq(orders.buyerEmail, email)
  await forgetOrders(db, or(inArray(orders.sessionId, ids), ofAddress, of.orders)!)
  if (email !== null) await forgetAddress(ctx, email)
}

/** What the documents of paid orders print is kept with them. */
async function forgetOrders(db: Queryable, which: SQL): Promise<void> {
  const ended = db
    .select({ id: orders.id })
    .from(orders)
    .where(and(which, not(inArray(orders.status, OPEN_STATUSES))))
  await db.delete(orderTaxData).where(inArray(orderTaxData.orderId, ended))
  await db
    .update(orders)
    .set({ email: NO_ADDRESS })
    .where(and(which, inArray(orders.status, ['expired', 'cancelled'])))
}
