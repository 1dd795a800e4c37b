import { baht } from '@pix/contracts/common.ts'
import type { NextPayout } from '@pix/contracts/photographer-morning.ts'
import { payoutLines } from '@pix/db/schema/payouts.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { latestAccount } from '../../../people/payees/index.ts'
import { balanceOf } from '../../ledger/index.ts'
import { salesUntil } from '../payable.ts'

const DAY_MS = 86_400_000

/**
 * What becomes of a photographer's share: what is transferred now, what a studio may transfer, and when more may be.
 *
 * @param accounts theirs, in the ledger
 */
export async function nextPayout(
  ctx: Context,
  photographerId: string,
  accounts: readonly string[],
): Promise<NextPayout> {
  const payee = { party: 'photographer', ownerId: photographerId } as const
  const balance = accounts.length === 0 ? 0 : await balanceOf(ctx.db, accounts)
  const held = accounts.length === 0 ? [] : await heldByDay(ctx, accounts)
  const heldSum = held.reduce((sum, { amount }) => sum + amount, 0)
  const account = await latestAccount(ctx.db, payee)
  const first = held.find(({ amount }) => amount > 0)
  return {
    onItsWay: baht(await onItsWay(ctx, photographerId)),
    ready: baht(Math.max(0, balance - heldSum)),
    next: first ? { at: first.freeAt.toISOString(), amount: baht(first.amount) } : null,
    least: baht(ctx.settings.PAYOUT_LEAST_BAHT * 100),
    hasAccount: account?.endedAt === null,
  }
}

/** The shares of sales that may still be refunded, less their refunds, by the day in Bangkok on which that ends. */
async function heldByDay(ctx: Context, accounts: readonly string[]): Promise<{ freeAt: Date; amount: number }[]> {
  const until = salesUntil(ctx)
  const { rows } = await ctx.db.execute<{ last: string; amount: string }>(sql`
    with young as (
      select e.account_id, e.line_id, e.amount, p.kind, p.created_at
      from ledger_postings p join ledger_entries e on e.posting_id = p.id
      where e.account_id = any(${sql.param([...accounts])}::uuid[])
        and p.created_at > ${until.toISOString()}::timestamptz and p.kind in ('sale', 'refund')
    ), sales as (
      select s.created_at, -s.amount - coalesce((
        select sum(r.amount) from young r
        where r.kind = 'refund' and r.account_id = s.account_id and r.line_id = s.line_id
      ), 0) as amount
      from young s where s.kind = 'sale'
    )
    select max(created_at) as last, sum(amount) as amount
    from sales group by (created_at at time zone 'Asia/Bangkok')::date order by 1`)
  return rows.map(({ last, amount }) => ({
    freeAt: new Date(new Date(last).getTime() + ctx.settings.PAYOUT_HOLDING_DAYS * DAY_MS),
    amount: Number(amount),
  }))
}

async function onItsWay({ db }: Context, photographerId: string): Promise<number> {
  const [found] = await db
    .select({ net: sql`coalesce(sum(${payoutLines.net}), 0)`.mapWith(Number) })
    .from(payoutLines)
    .where(
      and(
        eq(payoutLines.party, 'photographer'),
        eq(payoutLines.ownerId, photographerId),
        eq(payoutLines.state, 'approved'),
      ),
    )
  return found?.net ?? 0
}
