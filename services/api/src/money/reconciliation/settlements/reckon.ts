import { baht } from '@pix/contracts/common.ts'
import type { Settlement } from '@pix/contracts/settlements.ts'
import type { Queryable } from '@pix/db/client.ts'
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

export interface Days {
  gateway: string
  firstDay: string
  lastDay: string
}

/** The same days as values or as columns of a query. */
type DaysInSql = Record<keyof Days, SQLWrapper | string>
type Reckoned = Pick<Settlement, 'receipts' | 'received' | 'feeReckoned'>

/** A query with one row of `RECKONED`: what came in on these days at a gateway, and what was taken off it for the fee. */
export const reckoning = ({ gateway, firstDay, lastDay }: DaysInSql): SQL => sql`
    with own as (
      select id, amount - coalesce(short, 0) as amount from receipts
      where gateway = ${gateway} and amount is not null
        and received_at >= (${firstDay}::date)::timestamp at time zone 'Asia/Bangkok'
        and received_at < (${lastDay}::date + 1)::timestamp at time zone 'Asia/Bangkok'
    )
    select (select count(*) from own) as receipts, (select coalesce(sum(amount), 0) from own) as received,
      coalesce(-sum(e.amount), 0) as fee
    from own
    join ledger_postings p on p.source_id = own.id and p.source_kind in ('receipt', 'application') and p.kind = 'sale'
    join ledger_entries e on e.posting_id = p.id
    join ledger_accounts a on a.id = e.account_id and a.kind = 'gateway_fees'`

/** Columns of a joined `reckoning`. */
export const RECKONED = {
  receipts: sql<string>`reckoned.receipts`,
  received: sql<string>`reckoned.received`,
  fee: sql<string>`reckoned.fee`,
}

export const toReckoned = ({ receipts, received, fee }: Record<keyof typeof RECKONED, string>): Reckoned => ({
  receipts: Number(receipts),
  received: baht(Number(received)),
  feeReckoned: baht(Number(fee)),
})

/** What our books say of the payments of these days at a gateway. */
export async function reckon(db: Queryable, days: Days): Promise<Reckoned> {
  const { rows } = await db.execute<Record<keyof typeof RECKONED, string>>(reckoning(days))
  return toReckoned(rows[0]!)
}
