import { asc, eq, gt, and } from 'drizzle-orm'
import type { Queryable } from '../client.ts'
import { seals } from '../schema/seals.ts'
import { rowsBetween, SEALED_KINDS, type SealableRow, type SealedKind } from './kinds.ts'
import { merkleRoot } from './merkle-root.ts'
import { NO_ROOT, type Seal, sealRoot } from './seal-root.ts'

/** Something that is not as it was sealed. */
export interface Fault {
  /**
   * `changed` and `missing` are about a row that was sealed; `added` is a row in a place that was sealed without it;
   * `back_dated` says that it is older than the seal before it. The others are about the seals themselves.
   */
  what: 'changed' | 'missing' | 'added' | 'back_dated' | 'seal_changed' | 'seal_missing' | 'root_unknown'
  /** The number of the seal. */
  number: number
  /** The position of the row; null where the fault is the seal's. */
  position: number | null
  /** The id of the row, where the row is there. */
  id: string | null
}

export interface Verdict {
  kind: SealedKind
  seals: number
  /** Rows that were compared with their seal. */
  rows: number
  /** Rows after the last seal, and when the oldest of them was written. */
  unsealed: number
  oldestUnsealedAt: string | null
  faults: number
  /** The first in the order of the positions. */
  first: Fault | null
  /** Number and root of the last seal. Kept elsewhere, the root shows later that nothing was taken away at the end. */
  last: { number: number; root: string } | null
}

/** A row may say that it was written this long before the seal before its own: a transaction may take that long. */
const LONGEST_TRANSACTION_MS = 3_600_000

/** Seals that are read at once: each may be large. */
const SEALS_AT_ONCE = 20

/**
 * Recomputes every seal of a kind from the rows that are there now. Rows and seals are each read once, in their order.
 *
 * @param known roots that were kept elsewhere, by their seals' numbers
 * @param rows all of the kind, where the caller reads them for something else too
 */
export async function verifySeals(
  db: Queryable,
  kind: SealedKind,
  known: ReadonlyMap<number, string> = new Map(),
  rows: AsyncIterable<SealableRow> = rowsBetween(db, SEALED_KINDS[kind], 1, Number.MAX_SAFE_INTEGER),
): Promise<Verdict> {
  const verdict: Verdict = {
    kind,
    seals: 0,
    rows: 0,
    unsealed: 0,
    oldestUnsealedAt: null,
    faults: 0,
    first: null,
    last: null,
  }
  const report = (fault: Fault) => {
    verdict.faults += 1
    verdict.first ??= fault
  }
  const { format } = SEALED_KINDS[kind]
  const source = await startReading(rows)
  let before: Seal | null = null
  for await (const seal of sealsOf(db, kind)) {
    verdict.seals += 1
    for (const what of sealFaults(seal, before, format, known))
      report({ what, number: seal.number, position: null, id: null })
    for await (const row of rowFaults(source, seal, before)) {
      if (row.what === null) verdict.rows += 1
      else report({ what: row.what, number: seal.number, position: row.position, id: row.id })
    }
    before = seal
  }
  for (; source.row !== null; await source.next()) countUnsealed(verdict, source.row, before, report)
  for (const number of known.keys())
    if (number > (before?.number ?? 0)) report({ what: 'seal_missing', number, position: null, id: null })
  verdict.last = before && { number: before.number, root: before.root }
  return verdict
}

function countUnsealed(verdict: Verdict, row: SealableRow, before: Seal | null, report: (fault: Fault) => void): void {
  verdict.unsealed += 1
  const at = new Date(row.atMs).toISOString()
  if (verdict.oldestUnsealedAt === null || at < verdict.oldestUnsealedAt) verdict.oldestUnsealedAt = at
  if (isBackDated(row, before)) report({ what: 'back_dated', number: 0, position: row.position, id: row.id })
}

/** A source of rows whose next one can be looked at before it is taken. */
interface Source {
  row: SealableRow | null
  next: () => Promise<void>
}

async function startReading(rows: AsyncIterable<SealableRow>): Promise<Source> {
  const iterator = rows[Symbol.asyncIterator]()
  const source: Source = {
    row: null,
    next: async () => {
      const { done, value } = await iterator.next()
      source.row = done ? null : value
    },
  }
  await source.next()
  return source
}

async function* sealsOf(db: Queryable, kind: SealedKind): AsyncGenerator<Seal> {
  for (let after = 0; ;) {
    const read = await db
      .select()
      .from(seals)
      .where(and(eq(seals.kind, kind), gt(seals.number, after)))
      .orderBy(asc(seals.number))
      .limit(SEALS_AT_ONCE)
    yield* read
    if (read.length < SEALS_AT_ONCE) return
    after = read.at(-1)!.number
  }
}

/** What is wrong with a seal itself: with its root, its place in the chain, or its leaves. */
function* sealFaults(
  seal: Seal,
  before: Seal | null,
  format: number,
  known: ReadonlyMap<number, string>,
): Generator<Exclude<Fault['what'], 'changed' | 'missing' | 'added' | 'back_dated'>> {
  if (seal.number !== (before?.number ?? 0) + 1) yield 'seal_missing'
  const follows =
    seal.previousRoot === (before?.root ?? NO_ROOT) && seal.firstPosition === (before?.lastPosition ?? 0) + 1
  const isWhole = merkleRoot(leavesOf(seal)).toString('hex') === seal.treeRoot && sealRoot(seal) === seal.root
  if (!follows || !isWhole || seal.format !== format) yield 'seal_changed'
  if ((known.get(seal.number) ?? seal.root) !== seal.root) yield 'root_unknown'
}

const leavesOf = ({ leaves, positions }: Seal): Buffer[] =>
  positions.map((_, at) => leaves.subarray(32 * at, 32 * (at + 1)))

interface Compared {
  /** Null for a row that is as it was sealed. */
  what: 'changed' | 'missing' | 'added' | 'back_dated' | null
  position: number
  id: string | null
}

/** Compares the rows of a seal's positions with its leaves. Rows of a seal that is gone are passed over. */
async function* rowFaults(source: Source, seal: Seal, before: Seal | null): AsyncGenerator<Compared> {
  const leaves = leavesOf(seal)
  const missing = (at: number): Compared => ({ what: 'missing', position: seal.positions[at]!, id: null })
  let at = 0
  for (; source.row !== null && source.row.position <= seal.lastPosition; await source.next()) {
    const { position, id, leaf } = source.row
    if (position < seal.firstPosition) continue
    while (at < seal.positions.length && seal.positions[at]! < position) yield missing(at++)
    if (seal.positions[at] !== position) {
      yield { what: 'added', position, id }
      continue
    }
    const isSame = leaf.equals(leaves[at++]!)
    yield { what: isSame ? (isBackDated(source.row, before) ? 'back_dated' : null) : 'changed', position, id }
  }
  while (at < seal.positions.length) yield missing(at++)
}

const isBackDated = ({ atMs }: SealableRow, before: Seal | null): boolean =>
  before !== null && atMs < before.sealedAt.getTime() - LONGEST_TRANSACTION_MS
