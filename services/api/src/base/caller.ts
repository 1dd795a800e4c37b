import { consents } from '@pix/db/schema/consents.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import type { Standing } from '@pix/domain/standing.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { and, eq, gt, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** Somebody signed in, with what they are at the time of the request. */
export interface Caller extends Standing {
  userId: string
  memberships: readonly { studioId: string; role: StudioRole }[]
  /** Of a service key, which acts for its maker: whose it is. The platform's has no studio. */
  key?: { id: string; studioId: string | null }
}

/** Who owns a cart, a search or an order: a visitor's browser, and the user that its session carries, if any. */
export interface Buyer {
  sessionId: string
  /** When the session began. */
  since: Date
  /** Where the request came from, as limits count it. */
  network: string
  userId: string | null
  /** The user's e-mail address, in lower case, once they have shown that they read its mail. */
  email: string | null
}

/** Which session searched, or paid an order. A buyer is one. */
export type Owner = Pick<Buyer, 'sessionId'>

/** Whose a cart is: the account's on all its devices, else the session's. A buyer is one, and an order. */
export type CartOwner = Pick<Buyer, 'sessionId' | 'userId'>

/** Of rows that stay with the browser that made them. Who owns what is decided in this file alone. */
export const ownedBy = (owner: Owner, table: { sessionId: PgColumn }): SQL => eq(table.sessionId, owner.sessionId)

/**
 * Of searches: the session's, and those that its account agreed to in other sessions, once it has verified its address. A
 * number of people bounds the searches of everybody else, session by session.
 */
export const searchedBy = (
  { sessionId, userId, email }: Pick<Buyer, 'sessionId' | 'userId' | 'email'>,
  table: { sessionId: PgColumn; consentId: PgColumn },
): SQL => {
  const ofSession = ownedBy({ sessionId }, table)
  if (userId === null || email === null) return ofSession
  const agreed = sql`select ${consents.id} from ${consents} where ${eq(consents.userId, userId)}`
  return or(ofSession, sql`${table.consentId} = any(array(${agreed}))`)!
}

/** Of carts. */
export const cartOf = ({ userId, sessionId }: CartOwner, carts: { sessionId: PgColumn; userId: PgColumn }): SQL =>
  userId === null ? eq(carts.sessionId, sessionId) : eq(carts.userId, userId)

/** Who asks for what was bought, as values or, where a query finds the session itself, as SQL. */
interface Asking {
  sessionId: string | PgColumn
  email: string | SQL | null
}

interface Bought {
  sessionId: PgColumn
  /** In lower case. */
  email: PgColumn
  orderId: PgColumn
  /** Where the rows may be unpaid, too. */
  paidAt?: PgColumn
}

/**
 * Of orders, and of what was bought with them: those of the session that ordered, of the account that verified the
 * order's e-mail, once it is paid, and of sessions that gave a code sent to that e-mail, until the downloads end. Each
 * condition has an index: the list of granted orders is made once for the query.
 */
export const boughtBy = ({ sessionId, email }: Asking, at: Date, { orderId, paidAt, ...table }: Bought): SQL => {
  const mayAsk = and(eq(orderAccess.sessionId, sessionId), gt(orderAccess.until, at))
  return or(
    eq(table.sessionId, sessionId),
    email === null ? undefined : and(eq(table.email, email), paidAt && isNotNull(paidAt)),
    sql`${orderId} = any(array(select ${orderAccess.orderId} from ${orderAccess} where ${mayAsk}))`,
  )!
}
