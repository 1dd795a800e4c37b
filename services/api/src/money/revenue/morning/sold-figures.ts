import { ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { sql } from 'drizzle-orm'

/** SQL on postings: something was sold, or a sale was taken back. */
export const isSale = sql`${ledgerPostings.kind} = 'sale'`
export const isRefund = sql`${ledgerPostings.kind} = 'refund'`

/** SQL: what the entries of a payee add up to that sales brought, in satang. */
export const earned = sql<number>`coalesce(-sum(${ledgerEntries.amount}) filter (where ${isSale}), 0)`.mapWith(Number)

/** What a morning's letter and page say of the entries of one payee; `orders` is joined to their postings. */
export const soldFigures = {
  earned,
  refunded: sql<number>`coalesce(sum(${ledgerEntries.amount}) filter (where ${isRefund}), 0)`.mapWith(Number),
  photos: sql<number>`count(distinct ${ledgerEntries.photoId}) filter (where ${isSale})`.mapWith(Number),
  buyers: sql<number>`count(distinct ${orders.buyerEmail}) filter (where ${isSale})`.mapWith(Number),
}
