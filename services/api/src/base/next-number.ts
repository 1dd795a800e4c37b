import type { Tx } from '@pix/db/client.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { sql } from 'drizzle-orm'

/**
 * The next number by which people name something, such as `PX-2026-000123`; the year is Thailand's. Numbers may have
 * gaps: a transaction that is rolled back has used one.
 *
 * @param of its prefix, and the sequence that counts it
 */
export async function nextNumber(tx: Tx, { prefix, sequence }: { prefix: string; sequence: string }, at: Date) {
  const year = bangkokDay(at).slice(0, 4)
  const result = await tx.execute<{ number: number }>(
    sql`select nextval(${sequence}::text::regclass)::bigint as number`,
  )
  return `${prefix}-${year}-${String(result.rows[0]?.number).padStart(6, '0')}`
}
