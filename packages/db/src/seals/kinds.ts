import type { Queryable } from '../client.ts'
import { auditRows } from './audit-rows.ts'
import { addToBalances } from './balances.ts'
import { ledgerRows } from './ledger-rows.ts'
import type { Seal } from './seal-root.ts'

/** A row as it is hashed. */
export interface SealableRow {
  position: number
  id: string
  /** When the row says that it was written, as milliseconds since 1970. */
  atMs: number
  /** The hash of every field of the row as canonical JSON (RFC 8785). */
  leaf: Buffer
}

interface Kind {
  sequence: string
  /**
   * The number of the set of fields that are hashed. Another set of fields gets another number; old seals keep theirs.
   */
  format: number
  /** The next rows from a position to another, both included, in their order. */
  read: (db: Queryable, from: number, to: number, limit: number) => Promise<SealableRow[]>
  /** What is kept besides, in the transaction of the seal. */
  onSeal?: (db: Queryable, seal: Seal) => Promise<void>
}

/** What is sealed. Its rows are append only, and have a `position` by `next_position`, an `id` and a `created_at`. */
export const SEALED_KINDS: Readonly<Record<'audit' | 'ledger', Kind>> = {
  audit: { sequence: 'audit_events_position_seq', format: 1, read: auditRows },
  ledger: { sequence: 'ledger_postings_position_seq', format: 1, read: ledgerRows, onSeal: addToBalances },
}
export type SealedKind = keyof typeof SEALED_KINDS

/** Rows that are read at once. */
const BATCH = 2_000

/**
 * The rows of these positions, both included, in their order. The database reads the next batch while the caller works
 * on one.
 */
export async function* rowsBetween(
  db: Queryable,
  { read }: Pick<Kind, 'read'>,
  first: number,
  last: number,
): AsyncGenerator<SealableRow> {
  if (first > last) return
  let next = read(db, first, last, BATCH)
  for (let isMore = true; isMore;) {
    const rows = await next
    isMore = rows.length === BATCH && rows.at(-1)!.position < last
    if (isMore) {
      next = read(db, rows.at(-1)!.position + 1, last, BATCH)
      // A consumer that stops early never awaits this read: its failure must not be an unhandled rejection.
      next.catch(() => undefined)
    }
    yield* rows
  }
}
