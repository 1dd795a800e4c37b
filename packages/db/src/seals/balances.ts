import { sql } from 'drizzle-orm'
import type { Queryable } from '../client.ts'
import type { Seal } from './seal-root.ts'

/** Adds what a seal's postings changed to the kept balances of their accounts, in the seal's transaction. */
export async function addToBalances(db: Queryable, { number, firstPosition, lastPosition }: Seal): Promise<void> {
  await db.execute(sql`
    insert into ledger_balances (account_id, amount, seal_number)
    select e.account_id, sum(e.amount), ${number}
    from ledger_postings p join ledger_entries e on e.posting_id = p.id
    where p.position between ${firstPosition} and ${lastPosition}
    group by e.account_id
    on conflict (account_id) do update
      set amount = ledger_balances.amount + excluded.amount, seal_number = excluded.seal_number`)
}
