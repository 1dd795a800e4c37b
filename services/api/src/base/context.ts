import type { From } from '@pix/db/append-audit.ts'
import type { Queryable, Tx } from '@pix/db/client.ts'
import type { Buyer, Caller } from './caller.ts'
import type { Deps } from './deps.ts'
import type { Storefront } from './storefront.ts'

/**
 * The first argument of every use case: what the service is built with, and for whom it acts. A request's is made by
 * `contextOf` (http), a sweep's by `asSystem` (packages/db). Inside a transaction it is `{ ...ctx, db: tx }`.
 */
export interface Context extends Deps {
  /** Where the request is; the marketplace for the service's own work. */
  storefront: Storefront
  /** Who is signed in; null for a visitor and for the service's own work. */
  caller: Caller | null
  /** Who owns carts, searches and orders here; null where the contract's access is not `session`. */
  buyer: Buyer | null
  /** SHA-256 of the visitor's cookie. It finds what this browser opened by a code. */
  browser: string | null
  /** Where the request came from; null for the service's own work. */
  from: From | null
}

/** As anybody sees it who is not signed in: for answers that several readers share. */
export const asStranger = (ctx: Context): Context => ({ ...ctx, caller: null, buyer: null, browser: null, from: null })

/** What a function takes that works by itself or inside its caller's transaction: then it is `{ ...ctx, db: tx }`. */
export type Joining<C extends Context> = Omit<C, 'db'> & { db: Queryable }

/** The context of a request whose contract says `session`. */
export interface BuyerContext extends Context {
  buyer: Buyer
}

/** The context of a request that only somebody signed in may send. */
export interface CallerContext extends Context {
  caller: Caller
}

/** For the staff of one studio, in their transaction: `db` reads and writes what is this studio's (docs/decisions/0042). */
export interface StaffContext extends Omit<CallerContext, 'db'> {
  db: Tx
  studioId: string
}
