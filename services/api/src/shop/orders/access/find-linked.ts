import type { Queryable } from '@pix/db/client.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, eq, max, sql } from 'drizzle-orm'
import type { BuyerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { ownOrders } from '../queries.ts'

export interface LinkedOrder {
  id: string
  number: string
  email: string
  locale: string
  storefront: string | null
  /** This session may have the order already. */
  isMine: boolean
  /** The end of its downloads; null where nothing of it may be downloaded any more. */
  until: Date | null
}

/**
 * The order that a link's token names. These are all answered alike: a token that never existed, one of an earlier
 * letter, and one of an order of which a stranger may download nothing any more.
 *
 * @throws Problem `not_found`
 */
export async function findLinked(ctx: BuyerContext, token: string): Promise<LinkedOrder> {
  const { db, now } = ctx
  const [found] = await db
    .select({
      id: orders.id,
      number: orders.number,
      email: orders.email,
      locale: orders.locale,
      storefront: orders.storefront,
      isMine: sql<boolean>`${ownOrders(ctx)}`,
      until: max(entitlements.until),
    })
    .from(orders)
    .leftJoin(entitlements, and(eq(entitlements.orderId, orders.id), mayBeDownloaded(now())))
    .where(eq(orders.linkHash, hashToken(token)))
    .groupBy(orders.id)
  if (!found || (!found.isMine && !found.until)) throw notFound()
  return found
}

/**
 * The same, with the order locked until the transaction ends: codes are sent and given one after another, and none while
 * the e-mail is corrected.
 */
export async function lockLinked(ctx: BuyerContext, db: Queryable, token: string): Promise<LinkedOrder> {
  await db
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.linkHash, hashToken(token)))
    .for('update')
  return findLinked({ ...ctx, db: db as BuyerContext['db'] }, token)
}
