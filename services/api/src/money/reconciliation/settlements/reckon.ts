import { baht } from '@pix/contracts/common.ts'
import type { Settlement } from '@pix/contracts/settlements.ts'
import type { Queryable } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'

export interface Days {
  gateway: string
  firstDay: string
  lastDay: string
}

/** What our books say of the payments of these days at a gateway: what came in, and what was taken off it for the fee. */
export async function reckon(
  db: Queryable,
  { gateway, firstDay, lastDay }: Days,
): Promise<Pick<Settlement, 'receipts' | 'received' | 'feeReckoned'>> {
  const { rows } = await db.execute<{ receipts: string; received: string; fee: string }>(sql`
    with own as (
      select id, amount from receipts
      where gateway = ${gateway} and amount is not null
        and received_at >= (${firstDay}::date)::timestamp at time zone 'Asia/Bangkok'
        and received_at < (${lastDay}::date + 1)::timestamp at time zone 'Asia/Bangkok'
    )
    select (select count(*) from own) as receipts, (select coalesce(sum(amount), 0) from own) as received,
      coalesce(-sum(e.amount), 0) as fee
    from own
    join ledger_postings p on p.source_id = own.id and p.source_kind in ('receipt', 'application') and p.kind = 'sale'
    join ledger_entries e on e.posting_id = p.id
    join ledger_accounts a on a.id = e.account_id and a.kind = 'gateway_fees'`)
  const { receipts, received, fee } = rows[0]!
  return { receipts: Number(receipts), received: baht(Number(received)), feeReckoned: baht(Number(fee)) }
}
