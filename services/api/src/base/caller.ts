import { sessions } from '@pix/db/schema/auth.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import type { Standing } from '@pix/domain/standing.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { and, eq, gt, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** Somebody who is signed in, with their rights at the time of the request. */
export interface Caller extends Standing {
  userId: string
  memberships: readonly { studioId: string; role: StudioRole }[]
  /**
   * The service key of the request, which acts for its maker, and the studio whose key it is: null for a key of the
   * platform.
   */
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

/** SQL: a row belongs to the browser that made it. Who owns what is decided in this file alone. */
export const ownedBy = (owner: Owner, table: { sessionId: PgColumn }): SQL => eq(table.sessionId, owner.sessionId)

/**
 * SQL: a search belongs to the session, or its account agreed to it in another session and has verified its address.
 * Accounts without a verified address see the searches of this session alone, since a limit bounds how many people
 * those find.
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

/** SQL: a cart belongs to this owner. */
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
 * SQL: an order, or what was bought with it, belongs to who asks. It belongs to the session that ordered; once it is
 * paid, to the account that verified the order's e-mail; and, until the downloads end, to a session that gave a code
 * sent to that e-mail. Each condition has an index: the list of granted orders is made once for the query.
 */
export const boughtBy = ({ sessionId, email }: Asking, at: Date, { orderId, paidAt, ...table }: Bought): SQL => {
  const mayAsk = and(eq(orderAccess.sessionId, sessionId), gt(orderAccess.until, at))
  return or(
    eq(table.sessionId, sessionId),
    email === null ? undefined : and(eq(table.email, email), paidAt && isNotNull(paidAt)),
    sql`${orderId} = any(array(select ${orderAccess.orderId} from ${orderAccess} where ${mayAsk}))`,
  )!
}

/**
 * SQL: photos were bought while an account was signed in, or in a session where it has signed in since. It decides what is
 * sold, and opens nothing: the account finds orders and downloads on other devices by its verified e-mail.
 */
export const boughtSignedIn = (userId: string, table: { sessionId: PgColumn; userId: PgColumn }): SQL => {
  const own = sql`select ${sessions.id} from ${sessions} where ${eq(sessions.userId, userId)}`
  return or(eq(table.userId, userId), sql`${table.sessionId} = any(array(${own}))`)!
}
