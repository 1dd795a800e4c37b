import type { Queryable } from '../client.ts'
import type { SealableRow } from '../seals/kinds.ts'
import { type LedgerRow, ledgerRows } from '../seals/ledger-rows.ts'
import { expectedEntries, type Facts, hasEntries, isWholeOldSale, isWholeRefund } from './expected-entries.ts'
import { readFacts } from './read-facts.ts'

/** A place where the books and the rows behind them disagree. */
export interface LedgerFault {
  /**
   * `unbalanced` entries do not add up to zero; `not_recomputed` is a posting that is not what its order, frozen shares,
   * receipt, refund, payout, correction or settlement come to; `no_sale` is a paid order without exactly one sale;
   * `no_posting` is a refund that is owed, a payout in a state that has a posting, a correction, a settlement or a short
   * receipt, and it is not there; `balance` is an account whose kept balance is not the sum of its sealed entries.
   */
  what: 'unbalanced' | 'not_recomputed' | 'no_sale' | 'no_posting' | 'balance'
  /** The id of the posting, of the row that should have one, or of the account. */
  id: string
  why?: string
}

/** Positions of postings, both included. */
export interface Range {
  from: number
  to: number
}

/** What the postings of a range come to. */
export interface Recomputed {
  postings: number
  entries: number
  faults: number
  /** The first of the faults, in the order of the positions. */
  first: LedgerFault | null
  /** Satang by account, of the postings that are sealed. */
  sums: Map<string, number>
  /** Each posting as its seal is compared with it. */
  rows: SealableRow[]
}

/**
 * Recomputes the postings of a range, each from its order, frozen shares, receipt, refund, payout, correction or settlement.
 *
 * @param sealed the last position that is sealed
 */
export async function recomputeRange(db: Queryable, { from, to }: Range, sealed: number): Promise<Recomputed> {
  const found: Recomputed = { postings: 0, entries: 0, faults: 0, first: null, sums: new Map(), rows: [] }
  const postings = await ledgerRows(db, from, to, Number.MAX_SAFE_INTEGER)
  const facts = await readFacts(db, postings)
  for (const posting of postings) {
    const { position, id, atMs, leaf, entries } = posting
    found.postings += 1
    found.entries += entries.length
    found.rows.push({ position, id, atMs, leaf })
    const fault = faultOf(posting, facts)
    if (fault) found.faults += 1
    found.first ??= fault
    if (position <= sealed) addUp(found.sums, posting)
  }
  return found
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
    if (hasEntries(posting, expectedEntries(posting, facts))) return null
    return { what: 'not_recomputed', id, why: 'its entries are others' }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { what: 'not_recomputed', id, why: error.message }
  }
}
