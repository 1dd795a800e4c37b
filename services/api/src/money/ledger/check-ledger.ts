import { baht } from '@pix/contracts/common.ts'
import type { RevenueSummary } from '@pix/contracts/revenue.ts'
import type { Queryable } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'

/**
 * Adds the books up anew: every posting balances, and every bought order that cost something has one sale whose shares
 * add up to its total. Over all time, for one event or all.
 */
export async function checkLedger(
  db: Queryable,
  eventId: string | null,
): Promise<Pick<RevenueSummary, 'ledger' | 'unapplied'>> {
  const ofEvent = (orderId: string) =>
    eventId === null
      ? sql`true`
      : sql`exists (select 1 from order_events of where of.order_id = ${sql.raw(orderId)} and of.event_id = ${eventId})`
  const result = await db.execute<{
    postings: number
    unbalanced: number
    wrong: number
    held: number
    amount: number
  }>(sql`
    with sums as (
      select p.id, p.order_id, p.kind, coalesce(sum(e.amount), 0) as total,
        coalesce(-sum(e.amount) filter (where a.kind in ('platform_revenue', 'photographer_payable', 'organizer_payable')), 0) as shared,
        coalesce(-sum(e.amount) filter (where a.kind = 'unapplied_receipts'), 0) as held
      from ledger_postings p
      left join ledger_entries e on e.posting_id = p.id
      left join ledger_accounts a on a.id = e.account_id
      where ${ofEvent('p.order_id')}
      group by p.id
    ), sold as (
      select o.id, o.total, count(s.id) as sales, coalesce(sum(s.shared), 0) as shared
      from orders o left join sums s on s.order_id = o.id and s.kind = 'sale'
      where o.status in ('paid', 'fulfilled') and o.total > 0 and ${ofEvent('o.id')}
      group by o.id
    )
    select count(*) as postings, count(*) filter (where total <> 0) as unbalanced,
      (select count(*) from sold where sales <> 1 or shared <> total) as wrong,
      count(*) filter (where held > 0) as held, coalesce(sum(held), 0) as amount
    from sums`)
  const [books] = result.rows
  if (!books) throw new Error('the ledger gave no answer')
  return {
    ledger: { balanced: books.unbalanced === 0 && books.wrong === 0, postings: books.postings },
    unapplied: { count: books.held, amount: baht(books.amount) },
  }
}
