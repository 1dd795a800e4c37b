import { sql } from 'drizzle-orm'
import type { Db, Queryable } from '../client.ts'
import { rowsBetween } from '../seals/kinds.ts'
import { type LedgerRow, ledgerRows } from '../seals/ledger-rows.ts'
import { type Verdict, verifySeals } from '../seals/verify-seals.ts'
import { expectedEntries, type Facts, hasEntries, isWholeOldSale, isWholeRefund } from './expected-entries.ts'
import { readFacts } from './read-facts.ts'

/** A place where the books and the rows behind them disagree. */
export interface LedgerFault {
  /**
   * `unbalanced` entries do not add up to zero; `not_recomputed` is a posting that is not what its order, frozen shares,
   * receipt, refund or payout come to; `no_sale` is a paid order without exactly one sale; `no_posting` is a refund that is
   * owed, or a payout in a state that has a posting, and it is not there; `balance` is an account whose kept balance is not the sum of its sealed entries.
   */
  what: 'unbalanced' | 'not_recomputed' | 'no_sale' | 'no_posting' | 'balance'
  /** The id of the posting, order, refund or account. */
  id: string
  why?: string
}

export interface LedgerVerdict {
  postings: number
  entries: number
  /** Accounts whose kept balance was compared. */
  balances: number
  seals: Verdict
  faults: number
  first: LedgerFault | null
}

/**
 * Recomputes the whole ledger in one snapshot: each posting from its order, frozen shares, receipt, refund or payout, the sums of
 * entries, every seal, and the kept balances. It reads in batches, so that its memory does not grow with the ledger.
 *
 * @param known roots of seals that were kept elsewhere
 */
export const verifyLedger = (db: Db, known?: ReadonlyMap<number, string>): Promise<LedgerVerdict> =>
  db.transaction(tx => verifyIn(tx, known), { isolationLevel: 'repeatable read', accessMode: 'read only' })

async function verifyIn(db: Queryable, known?: ReadonlyMap<number, string>): Promise<LedgerVerdict> {
  const verdict: Omit<LedgerVerdict, 'seals'> = { postings: 0, entries: 0, balances: 0, faults: 0, first: null }
  const report = (fault: LedgerFault) => {
    verdict.faults += 1
    verdict.first ??= fault
  }
  const { rows } = await db.execute<{ last: string | null }>(
    sql`select max(last_position) as last from seals where kind = 'ledger'`,
  )
  const sealed = Number(rows[0]?.last ?? 0)
  const sums = new Map<string, number>()
  const look = async (batch: readonly LedgerRow[]) => {
    const facts = await readFacts(db, batch)
    for (const posting of batch) {
      verdict.postings += 1
      verdict.entries += posting.entries.length
      const fault = faultOf(posting, facts)
      if (fault) report(fault)
      if (posting.position <= sealed) addUp(sums, posting)
    }
  }
  const source = rowsBetween(db, { read: ledgerRows }, 1, Number.MAX_SAFE_INTEGER, look)
  const seals = await verifySeals(db, 'ledger', known, source)
  for (const fault of await missingPostings(db)) report(fault)
  verdict.balances = await compareBalances(db, sums, report)
  return { ...verdict, faults: verdict.faults + seals.faults, seals }
}

function addUp(sums: Map<string, number>, { accountIds, entries }: LedgerRow): void {
  for (const [at, accountId] of accountIds.entries())
    sums.set(accountId, (sums.get(accountId) ?? 0) + entries[at]!.amount)
}

function faultOf(posting: LedgerRow, facts: Facts): LedgerFault | null {
  const { id, entries } = posting
  if (entries.length < 2 || entries.reduce((sum, entry) => sum + entry.amount, 0) !== 0)
    return { what: 'unbalanced', id }
  try {
    // Which shares these postings had cannot be recomputed, only their sum.
    const isEarly = facts.early.has(id)
    if (posting.sourceKind === 'refund' && isEarly && entries.some(entry => entry.lineId !== null))
      return isWholeRefund(posting, facts)
        ? null
        : { what: 'not_recomputed', id, why: 'it is not what its refund says' }
    if (posting.kind === 'sale' && isEarly)
      return isWholeOldSale(posting, facts)
        ? null
        : { what: 'not_recomputed', id, why: 'it is not what its order costs' }
    const expected = expectedEntries(posting, facts)
    if (expected === null || hasEntries(posting, expected)) return null
    return { what: 'not_recomputed', id, why: 'its entries are others' }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { what: 'not_recomputed', id, why: error.message }
  }
}

/** Orders, refunds and payouts whose posting is not there, or is there twice. */
async function missingPostings(db: Queryable): Promise<LedgerFault[]> {
  const { rows } = await db.execute<{ what: 'no_sale' | 'no_posting'; id: string }>(sql`
    select 'no_sale' as what, o.id from orders o
    left join ledger_postings p on p.order_id = o.id and p.kind = 'sale'
    where o.paid_at is not null and o.total > 0 group by o.id having count(p.id) <> 1
    union all
    select 'no_posting', r.id from refunds r
    where r.state in ('approved', 'transferred') and r.receipt_id is null
      and not exists (select from ledger_postings p where p.source_kind = 'refund' and p.source_id = r.id)
    union all
    select 'no_posting', l.id from payout_lines l
    cross join lateral (values
      ('payout', l.state in ('approved', 'paid', 'bounced')),
      ('payout_transfer', l.paid_at is not null),
      ('withholding', l.paid_at is not null and l.withheld > 0),
      ('payout_return', l.state = 'bounced')
    ) as due (source, is_due)
    where due.is_due
      and not exists (select from ledger_postings p where p.source_kind::text = due.source and p.source_id = l.id)
    order by 2 limit 1000`)
  return rows
}

async function compareBalances(
  db: Queryable,
  sums: ReadonlyMap<string, number>,
  report: (fault: LedgerFault) => void,
): Promise<number> {
  const { rows } = await db.execute<{ id: string; amount: string }>(
    sql`select account_id as id, amount from ledger_balances order by account_id`,
  )
  const kept = new Map(rows.map(({ id, amount }) => [id, Number(amount)]))
  for (const id of new Set([...kept.keys(), ...sums.keys()]))
    if ((kept.get(id) ?? 0) !== (sums.get(id) ?? 0)) report({ what: 'balance', id })
  return kept.size
}
