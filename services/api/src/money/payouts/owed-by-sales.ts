import type { Queryable } from '@pix/db/client.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import type { PayeeKey } from '../../people/payees/index.ts'

/** What the sales of a studio owe to one payee. Satang. */
export interface Owed extends PayeeKey {
  /** In the ledger. */
  ledgerAccountId: string
  balance: number
  /** What sales after a day brought, less what refunds took of it. Satang. */
  held: number
  /** What may be paid out: no more than the account holds, also where another studio's refunds took from it. */
  free: number
}

/**
 * What the sales of a studio owe to each payee: shares of sales less refunds and payouts, and
 * corrections.
 *
 * @param salesUntil sales after it are held
 * @param accountIds of the ledger, where not everybody is asked for: nobody else's entries are read then
 */
export async function owedBySales(
  db: Queryable,
  studioId: string,
  salesUntil: Date,
  accountIds?: readonly string[],
): Promise<Owed[]> {
  const isAsked = accountIds === undefined ? sql`true` : sql`a.id = any(${sql.param(accountIds)}::uuid[])`
  const { rows } = await db.execute<{
    party: PayeeParty
    ownerId: string
    ledgerAccountId: string
    balance: string
    held: string
    inAll: string
  }>(sql`
    with own as (
      select a.id as account_id, replace(a.kind::text, '_payable', '') as party, a.owner_id, e.amount, e.line_id, p.kind,
        p.kind = 'sale' and p.created_at > ${salesUntil.toISOString()}::timestamptz as is_young
      from ledger_accounts a
      join ledger_entries e on e.account_id = a.id
      join ledger_postings p on p.id = e.posting_id
      left join orders o on o.id = p.order_id
      left join payout_lines l on l.id = p.source_id
      left join ledger_adjustments j on j.id = p.source_id
      where a.kind in ('photographer_payable', 'organizer_payable', 'studio_payable')
        and ${isAsked} and coalesce(o.studio_id, l.studio_id, j.studio_id) = ${studioId}
    ), sums as (
      select account_id, party, owner_id, -sum(amount) as balance,
        -coalesce(sum(amount) filter (
          where is_young or (kind = 'refund' and (account_id, line_id) in (select account_id, line_id from own where is_young))
        ), 0) as held
      from own group by account_id, party, owner_id
    )
    select party, owner_id as "ownerId", account_id as "ledgerAccountId", balance, held, owed_to(account_id) as "inAll"
    from sums order by balance desc, owner_id`)
  return rows.map(({ balance, held, inAll, ...row }) => ({
    ...row,
    balance: Number(balance),
    held: Number(held),
    free: Math.min(Number(balance) - Number(held), Number(inAll)),
  }))
}
