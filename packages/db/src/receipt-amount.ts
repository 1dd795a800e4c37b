import { sql, type SQL } from 'drizzle-orm'
import { receipts } from './schema/payments.ts'

/** SQL on receipts: satang that came, less what a charge was announced short of; null where nobody said how much. */
export const cameIn: SQL<number | null> = sql<
  number | null
>`${receipts.amount} - coalesce(${receipts.short}, 0)`.mapWith(Number)
