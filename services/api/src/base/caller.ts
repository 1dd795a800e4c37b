import type { Role } from '@pix/contracts/auth.ts'
import { eq, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** Somebody signed in, as their access token says. */
export interface Caller {
  userId: string
  role: Role
}

/** Who owns a cart, a search or an order: a visitor's browser, and the user signed in there, if any. */
export interface Buyer {
  sessionId: string
  /** When the session began. */
  since: Date
  /** Where the request came from, as limits count it. */
  network: string
  userId: string | null
}

/** Whose a cart, a search or an order is, as its row says it. A buyer is one. */
export type Owner = Pick<Buyer, 'sessionId'>

/** Of rows with an owner: those that are this buyer's. Who owns what is decided here alone. */
export const ownedBy = (buyer: Owner, table: { sessionId: PgColumn }): SQL => eq(table.sessionId, buyer.sessionId)

/** The same of a row that was read. */
export const owns = (buyer: Owner, row: Owner): boolean => row.sessionId === buyer.sessionId

/** Crew sees what is not public: an admin everything, a photographer what is theirs. */
export const isAdmin = (caller: Caller | null): boolean => caller?.role === 'admin'
