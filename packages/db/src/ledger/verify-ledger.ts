import { sql } from 'drizzle-orm'
import type { Db, Queryable } from '../client.ts'
import type { SealableRow } from '../seals/kinds.ts'
import { type Verdict, verifySeals } from '../seals/verify-seals.ts'
import { type LedgerFault, type Range, type Recomputed, recomputeRange } from './recompute-range.ts'

export interface LedgerVerdict {
  postings: number
  entries: number
  /** Accounts whose kept balance was compared. */
  balances: number
  seals: Verdict
  faults: number
  first: LedgerFault | null
}

/** Who recomputes ranges: `recomputeRange`, here or in processes beside this one. */
export interface Readers {
  recompute: (range: Range) => Promise<Recomputed>
  /** Ranges that are recomputed at once. */
  atOnce: number
  close: () => Promise<void>
}

/** What readers of other connections need to see the same moment and to count the same postings as sealed. */
export interface Moment {
  /** By `pg_export_snapshot`. */
  snapshot: string
  sealed: number
}

interface Options {
  /** Roots of seals that were kept elsewhere. */
  known?: ReadonlyMap<number, string>
  /** Readers of this moment; without them, this connection reads. */
  open?: (moment: Moment) => Readers
  /** Postings of a range. */
  size?: number
}

const ONE_SNAPSHOT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const
const RANGE = 2_000

/**
 * Recomputes the whole ledger in one snapshot: each posting from the rows that it was made by, the
 * sums of entries, every seal, and the kept balances. It reads in ranges, so that its memory does not grow with the ledger.
 *
 * @throws where a reader fails: what was not read is never reported as whole
 */
export const verifyLedger = (db: Db, options: Options = {}): Promise<LedgerVerdict> =>
  db.transaction(tx => verifyIn(tx, options), ONE_SNAPSHOT)

/** The same snapshot as the transaction that exported it, for a reader of another connection. */
export const inSnapshot = <T>(db: Db, snapshot: string, act: (tx: Queryable) => Promise<T>): Promise<T> =>
  db.transaction(async tx => {
    await tx.execute(sql`set transaction snapshot ${sql.raw(`'${snapshot}'`)}`)
    return act(tx)
  }, ONE_SNAPSHOT)

async function verifyIn(db: Queryable, { known, open, size = RANGE }: Options): Promise<LedgerVerdict> {
  const moment = await momentOf(db)
  const readers = open?.(moment) ?? readHere(db, moment)
  try {
    const books = { postings: 0, entries: 0, balances: 0, faults: 0, first: null as LedgerFault | null }
    const report = (fault: LedgerFault) => {
      books.faults += 1
      books.first ??= fault
    }
    const sums = new Map<string, number>()
    const seals = await verifySeals(db, 'ledger', known, recomputed(db, readers, size, books, sums))
    for (const fault of await missingPostings(db)) report(fault)
    books.balances = await compareBalances(db, sums, report)
    return { ...books, faults: books.faults + seals.faults, seals }
  } finally {
    await readers.close()
  }
}

async function momentOf(db: Queryable): Promise<Moment> {
  const { rows } = await db.execute<{ snapshot: string; sealed: number | null }>(sql`
    select pg_export_snapshot() as snapshot, max(last_position) as sealed from seals where kind = 'ledger'`)
  const { snapshot, sealed } = rows[0]!
  return { snapshot, sealed: Number(sealed ?? 0) }
}

/** Two at once: the database reads one range while the other is computed. */
const readHere = (db: Queryable, { sealed }: Moment): Readers => ({
  recompute: range => recomputeRange(db, range, sealed),
  atOnce: 2,
  close: async () => undefined,
})

/** Recomputes all postings, adds up what they come to, and passes them on in their order for the seals. */
async function* recomputed(
  db: Queryable,
  { recompute, atOnce }: Readers,
  size: number,
  books: Omit<LedgerVerdict, 'seals'>,
  sums: Map<string, number>,
): AsyncGenerator<SealableRow> {
  const ranges = rangesOf(db, size)
  const running: Promise<Recomputed>[] = []
  for (let isMore = true; isMore || running.length > 0;) {
    while (isMore && running.length < atOnce) {
      const { done, value } = await ranges.next()
      isMore = !done
      if (done) break
      running.push(recompute(value))
      // Those before it are awaited first: until then its failure must not be an unhandled rejection.
      running.at(-1)!.catch(() => undefined)
    }
    const found = await running.shift()
    if (!found) return
    books.postings += found.postings
    books.entries += found.entries
    books.faults += found.faults
    books.first ??= found.first
    for (const [account, amount] of found.sums) sums.set(account, (sums.get(account) ?? 0) + amount)
    yield* found.rows
  }
}

/** Every position there can be, in ranges of so many postings. */
async function* rangesOf(db: Queryable, size: number): AsyncGenerator<Range, void> {
  for (let from = Number.MIN_SAFE_INTEGER; ;) {
    const { rows } = await db.execute<{ next: number }>(
      sql`select position as next from ledger_postings where position >= ${from} order by position offset ${size} limit 1`,
    )
    const next = rows[0]?.next
    if (next === undefined) return yield { from, to: Number.MAX_SAFE_INTEGER }
    yield { from, to: Number(next) - 1 }
    from = Number(next)
  }
}

/** Orders, refunds, payouts, corrections, settlements and short receipts whose posting is not there, or is there twice. */
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
    union all
    select 'no_posting', j.id from ledger_adjustments j
    where not exists (select from ledger_postings p where p.source_kind::text = 'adjustment' and p.source_id = j.id)
    union all
    select 'no_posting', s.id from gateway_settlements s
    where s.fee > 0
      and not exists (select from ledger_postings p where p.source_kind::text = 'settlement' and p.source_id = s.id)
    union all
    select 'no_posting', r.id from receipts r
    where r.short is not null
      and not exists (select from ledger_postings p where p.source_kind::text = 'shortfall' and p.source_id = r.id)
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
