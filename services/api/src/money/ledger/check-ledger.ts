import type { Queryable } from '@pix/db/client.ts'
import { ledgerChecks } from '@pix/db/schema/ledger.ts'
import { sql } from 'drizzle-orm'

export type Books = Pick<
  typeof ledgerChecks.$inferSelect,
  'postings' | 'unbalanced' | 'wrong' | 'drifted' | 'held' | 'heldAmount'
>

/**
 * Adds up the whole books. Every posting balances. Every paid order that cost something has one sale, whose shares add
 * up to its total; where its entries name the order's lines, those of each line add up to that line's price. Each kept
 * balance is the sum of its account's sealed entries.
 */
export async function checkLedger(db: Queryable): Promise<Books> {
  const result = await db.execute<{ [key in keyof Books]: number }>(sql`
    with sums as (
      select p.id, p.order_id, p.kind, coalesce(sum(e.amount), 0) as total,
        coalesce(-sum(e.amount) filter (where a.kind in ('platform_revenue', 'photographer_payable', 'organizer_payable', 'studio_payable', 'vat_payable', 'gateway_fees')), 0) as shared,
        coalesce(-sum(e.amount) filter (where a.kind = 'unapplied_receipts'), 0) as held
      from ledger_postings p
      left join ledger_entries e on e.posting_id = p.id
      left join ledger_accounts a on a.id = e.account_id
      group by p.id
    ), of_lines as (
      select e.line_id, -sum(e.amount) as shared
      from ledger_entries e join ledger_postings p on p.id = e.posting_id
      where e.line_id is not null and p.kind = 'sale'
      group by e.line_id
    ), wrong_lines as (
      select l.order_id from order_lines l left join of_lines s on s.line_id = l.id
      where l.order_id in (select f.order_id from order_lines f join of_lines g on g.line_id = f.id)
        and l.kind <> 'coupon' and l.unit_price - l.discount <> coalesce(s.shared, 0)
    ), wrong as (
      select o.id from orders o left join sums s on s.order_id = o.id and s.kind = 'sale'
      where o.paid_at is not null and o.total > 0
      group by o.id having count(s.id) <> 1 or sum(s.shared) <> o.total
      union select order_id from wrong_lines
    ), sealed as (
      select e.account_id, sum(e.amount) as amount
      from ledger_entries e join ledger_postings p on p.id = e.posting_id
      where p.position <= (select max(last_position) from seals where kind = 'ledger')
      group by e.account_id
    ), drifted as (
      select account_id from sealed full join ledger_balances kept using (account_id)
      where coalesce(sealed.amount, 0) <> coalesce(kept.amount, 0)
    )
    select count(*)::int as "postings", count(*) filter (where total <> 0)::int as "unbalanced",
      (select count(*) from wrong)::int as "wrong", (select count(*) from drifted)::int as "drifted",
      (count(*) filter (where held > 0) - count(*) filter (where held < 0 and kind <> 'shortfall'))::int as "held", coalesce(sum(held), 0)::bigint as "heldAmount"
    from sums`)
  const [books] = result.rows
  if (!books) throw new Error('the ledger gave no answer')
  return books
}
