import type { Tx } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'

/** The next number that people name a refund by: `RF-2026-000123`. */
export async function nextRefundNumber(tx: Tx, at: Date): Promise<string> {
  const year = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Bangkok', year: 'numeric' }).format(at)
  const result = await tx.execute<{ number: number }>(sql`select nextval('refund_numbers')::bigint as number`)
  return `RF-${year}-${String(result.rows[0]?.number).padStart(6, '0')}`
}
