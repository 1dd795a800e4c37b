import type { MyAddresses } from '@pix/contracts/privacy.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, eq, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { BuyerContext, Joining } from '../../base/context.ts'
import { maskEmail, openedOrders } from '../../shop/orders/index.ts'

/** Each address once, with the newest of its orders that was opened here. */
export async function listMyAddresses(ctx: BuyerContext): Promise<MyAddresses> {
  const byAddress = new Map<string, string>()
  for (const { id, email } of await openedOrders(ctx)) if (!byAddress.has(email)) byAddress.set(email, id)
  return { items: [...byAddress].map(([email, orderId]) => ({ orderId, email: maskEmail(email) })) }
}

/** Addresses whose mail this buyer showed to read: their account's, and those of orders that they opened by a mailed code. */
export async function readAddresses(ctx: BuyerContext): Promise<string[]> {
  const opened = (await openedOrders(ctx)).map(({ email }) => email)
  return [...new Set(ctx.buyer.email === null ? opened : [ctx.buyer.email, ...opened])]
}

/**
 * Visits in which was bought with one of these addresses and nobody ever was signed in. A sign-out takes the user off the
 * session: orders and consents go on naming who was signed in, and every search has a consent.
 *
 * @returns ids of sessions
 */
export async function visitsOf(
  { db }: Pick<Joining<BuyerContext>, 'db'>,
  emails: readonly string[],
): Promise<string[]> {
  const placed = alias(orders, 'placed')
  const orderOfUser = db
    .select({ one: sql`1` })
    .from(placed)
    .where(and(eq(placed.sessionId, sessions.id), isNotNull(placed.userId)))
  const consentOfUser = db
    .select({ one: sql`1` })
    .from(consents)
    .where(and(eq(consents.sessionId, sessions.id), isNotNull(consents.userId)))
  const ofGuest = and(isNull(sessions.userId), notExists(orderOfUser), notExists(consentOfUser))
  const rows = await db
    .selectDistinct({ id: sessions.id })
    .from(orders)
    .innerJoin(sessions, eq(sessions.id, orders.sessionId))
    .where(and(inArray(orders.buyerEmail, [...emails]), isNotNull(orders.paidAt), ofGuest))
  return rows.map(({ id }) => id)
}
