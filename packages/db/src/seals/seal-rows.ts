import { setTimeout as delay } from 'node:timers/promises'
import { desc, eq, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { seals } from '../schema/seals.ts'
import { rowsBetween, SEALED_KINDS, type SealedKind } from './kinds.ts'
import { merkleRoot } from './merkle-root.ts'
import { NO_ROOT, type Seal, sealRoot } from './seal-root.ts'

/** How long a run waits for transactions that are under way; the next run goes on waiting. */
const PATIENCE_MS = 5_000
const LOOK_MS = 50
/** Most rows of a seal: a page of proofs reads its leaves, 32 bytes each. */
const LARGEST_SEAL = 20_000

/** What came of a run. */
interface Sealed {
  /** Null where there was nothing to seal, or where another process did it meanwhile. */
  made: Seal | null
  /** False while a transaction is under way that may have written: the next run goes on waiting for it. */
  isSettled: boolean
  /** True where there was more to seal than one seal takes: ask again at once. */
  isMore?: true
}

/** No row at or before `position` can come any more once every transaction before `transaction` has ended. */
interface Mark {
  position: number
  transaction: string
}

/**
 * Seals what was written, in the order of the positions. Writers wait for nothing: a row takes its transaction's id
 * before its position (`next_position`), so the positions up to a mark are settled once all earlier transactions have
 * ended.
 *
 * @returns a function that seals once
 */
export function createSealer(
  {
    db,
    now,
    patienceMs = PATIENCE_MS,
    largest = LARGEST_SEAL,
  }: { db: Db; now: () => Date; patienceMs?: number; largest?: number },
  kind: SealedKind,
): () => Promise<Sealed> {
  let waitingFor: Mark | null = null
  return async () => {
    const mark = waitingFor ?? (await takeMark(db, kind))
    if (!(await isSettled(db, mark, patienceMs))) {
      waitingFor = mark
      return { made: null, isSettled: false }
    }
    const made = await sealUpTo(db, kind, { upTo: mark.position, largest }, now())
    const isMore = made !== null && made.lastPosition < mark.position
    waitingFor = isMore ? mark : null
    return { made, isSettled: true, ...(isMore && { isMore }) }
  }
}

/** The statements are two: the transaction's id must be newer than the position. */
async function takeMark(db: Db, kind: SealedKind): Promise<Mark> {
  const { sequence } = SEALED_KINDS[kind]
  const places = await db.execute<{ position: string | null }>(
    sql`select pg_sequence_last_value(${sequence}::regclass) as position`,
  )
  const { rows } = await db.execute<{ transaction: string }>(sql`select pg_current_xact_id()::text as transaction`)
  return { position: Number(places.rows[0]!.position ?? 0), transaction: rows[0]!.transaction }
}

async function isSettled(db: Db, { transaction }: Mark, patienceMs: number): Promise<boolean> {
  const end = Date.now() + patienceMs
  for (;;) {
    const { rows } = await db.execute<{ settled: boolean }>(
      sql`select pg_snapshot_xmin(pg_current_snapshot()) >= ${transaction}::xid8 as settled`,
    )
    if (rows[0]!.settled) return true
    if (Date.now() >= end) return false
    await delay(LOOK_MS)
  }
}

async function sealUpTo(
  db: Db,
  kind: SealedKind,
  { upTo, largest }: { upTo: number; largest: number },
  sealedAt: Date,
): Promise<Seal | null> {
  const [last] = await db
    .select({ number: seals.number, lastPosition: seals.lastPosition, root: seals.root })
    .from(seals)
    .where(eq(seals.kind, kind))
    .orderBy(desc(seals.number))
    .limit(1)
  const firstPosition = (last?.lastPosition ?? 0) + 1
  const positions: number[] = []
  const leaves: Buffer[] = []
  const { format, onSeal, ...of } = SEALED_KINDS[kind]
  let lastPosition = upTo
  for await (const row of rowsBetween(db, of, firstPosition, upTo)) {
    positions.push(row.position)
    leaves.push(row.leaf)
    if (leaves.length < largest) continue
    lastPosition = row.position
    break
  }
  if (leaves.length === 0) return null
  const unrooted = {
    kind,
    number: (last?.number ?? 0) + 1,
    firstPosition,
    lastPosition,
    positions,
    leaves: Buffer.concat(leaves),
    format,
    treeRoot: merkleRoot(leaves).toString('hex'),
    previousRoot: last?.root ?? NO_ROOT,
    sealedAt,
  }
  const seal = { ...unrooted, root: sealRoot(unrooted) }
  return db.transaction(async tx => {
    // Two processes may come at once: both have the same rows, and the second finds the number taken.
    const [made] = await tx.insert(seals).values(seal).onConflictDoNothing().returning()
    if (made) await onSeal?.(tx, made)
    return made ?? null
  })
}
