import type { Queryable } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'

/**
 * What accounts are owed now: their kept balances, and the entries of postings that are not sealed yet.
 *
 * @returns satang, credit positive
 */
export async function balanceOf(db: Queryable, accountIds: readonly string[]): Promise<number> {
  const own = sql`any(${sql.param(accountIds)}::uuid[])`
  const { rows } = await db.execute<{ owed: string }>(sql`
    select -coalesce((select sum(amount) from ledger_balances where account_id = ${own}), 0)
      - coalesce((
        select sum(e.amount) from ledger_postings p join ledger_entries e on e.posting_id = p.id
        where p.position > (select coalesce(max(last_position), 0) from seals where kind = 'ledger')
          and e.account_id = ${own}
      ), 0) as owed`)
  return Number(rows[0]?.owed ?? 0)
}
