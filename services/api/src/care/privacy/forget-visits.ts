import { carts } from '@pix/db/schema/cart.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { favourites } from '@pix/db/schema/favourites.ts'
import { gifts } from '@pix/db/schema/gifts.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { orders, orderTaxData } from '@pix/db/schema/orders.ts'
import { takedownRequests } from '@pix/db/schema/takedowns.ts'
import { ENDED_UNPAID, OPEN_STATUSES } from '@pix/domain/order-moves.ts'
import { and, eq, inArray, isNotNull, isNull, ne, not, or, type SQL } from 'drizzle-orm'
import { isStanding, withdrawConsents } from '../../base/consents.ts'
import type { BuyerContext, Context, Joining } from '../../base/context.ts'
import { forgetFaceAlerts, forgetObjectors } from '../../catalogue/faces/index.ts'
import { forgetAddress, NO_ADDRESS } from './forget-address.ts'

/** What an order that nobody paid keeps of its person. */
const NOBODY = { email: NO_ADDRESS, cancelNote: null }

/** What is to be forgotten of a person. */
interface Forgotten {
  /** Ids of their sessions. */
  visits: readonly string[]
  /** Whose carts and consents go, too. */
  userId: string | null
  /** The address in lower case, where its person showed that they read its mail: what belongs to it is deleted, too. */
  email: string | null
  /** Further orders of theirs. */
  orders?: SQL
}

/**
 * Deletes what visits left, but for searches, as part of a transaction: carts, what was written in requests, who objected or waits for new photos,
 * the tax data of orders, links by which bought photos were given, and of those that nobody paid the address and the note of our people. Standing consents are taken back. An order that waits
 * for its money keeps its address until it ends, and paid orders keep their address and the documents that were printed.
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
  const keptBy = userId === null ? undefined : eq(favourites.userId, userId)
  await db.delete(favourites).where(or(inArray(favourites.sessionId, ids), keptBy))
  await forgetObjectors({ db }, inArray(objections.sessionId, ids))
  const alertsOf = userId === null ? undefined : eq(eventAlerts.userId, userId)
  await forgetFaceAlerts({ db }, or(inArray(eventAlerts.sessionId, ids), alertsOf)!)
  await db
    .update(takedownRequests)
    .set({ sessionId: null, statement: null, email: null, erasedAt: now() })
    .where(inArray(takedownRequests.sessionId, ids))
  const ofAddress = email === null ? undefined : eq(orders.buyerEmail, email)
  await forgetOrders(ctx, or(inArray(orders.sessionId, ids), ofAddress, of.orders)!)
  if (email !== null) await forgetAddress(ctx, email)
}

/** What the documents of paid orders print is kept with them. */
async function forgetOrders({ db, now }: Pick<Joining<BuyerContext>, 'db' | 'now'>, which: SQL): Promise<void> {
  const ended = db
    .select({ id: orders.id })
    .from(orders)
    .where(and(which, not(inArray(orders.status, OPEN_STATUSES))))
  await db.delete(orderTaxData).where(inArray(orderTaxData.orderId, ended))
  await db.delete(gifts).where(inArray(gifts.orderId, db.select({ id: orders.id }).from(orders).where(which)))
  await db
    .update(orders)
    .set(NOBODY)
    .where(and(which, inArray(orders.status, ENDED_UNPAID)))
  await db
    .update(orders)
    .set({ forgottenAt: now() })
    .where(and(which, inArray(orders.status, OPEN_STATUSES), isNull(orders.forgottenAt)))
}

/** Takes the address and the note off orders that waited for money when their person asked for deletion, and ended without it. */
export async function forgetEndedOrders({ db }: Pick<Context, 'db'>): Promise<void> {
  const ended = and(
    isNotNull(orders.forgottenAt),
    inArray(orders.status, ENDED_UNPAID),
    ne(orders.buyerEmail, NO_ADDRESS),
  )
  await db.transaction(async tx => {
    const gone = await tx.update(orders).set(NOBODY).where(ended).returning({ id: orders.id })
    await tx.delete(orderTaxData).where(
      inArray(
        orderTaxData.orderId,
        gone.map(({ id }) => id),
      ),
    )
  })
}
