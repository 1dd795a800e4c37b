import type { Db, Tx } from '@pix/db/client.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { proveEntries } from '@pix/db/seals/prove-entries.ts'
import { sealFacts } from '@pix/db/seals/seal-facts.ts'
import { isAfter, selectLines, type StatementRow, totalsOf } from '@pix/db/statements/statement-lines.ts'
import { statedLine } from '@pix/domain/statement-line.ts'
import { openStatement } from '@pix/pdf/draw-statement.ts'
import { statementKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { setImmediate } from 'node:timers/promises'
import { MAX_TRIES } from '../file-tries.ts'

export interface StatementDeps {
  db: Db
  storage: Storage
  now: () => Date
}

type Row = typeof statementFiles.$inferSelect

/** Lines that are read at once; each has a proof of some kilobytes. */
const AT_ONCE = 200
/** Other jobs of the clerk get their turn after so many lines. */
const IN_A_ROW = 20
/** Bytes that may wait for the storage before more lines are drawn. */
const WAITING = 4_000_000

/**
 * Draws the PDF of a statement straight into the bucket, some lines at a time: its length costs no memory. All of its lines
 * and sums are of one instant.
 *
 * @returns how it ended
 * @param signal aborted when the clerk stops: the statement then waits for the next one, and this try does not count
 */
export async function drawStatementFile(
  deps: StatementDeps,
  statementId: string,
  signal: AbortSignal,
): Promise<string> {
  const row = await begin(deps, statementId)
  if (!row) return 'nothing'
  try {
    const bytes = await deps.db.transaction(tx => drawInto(deps, tx, row, signal), {
      isolationLevel: 'repeatable read',
      accessMode: 'read only',
    })
    const ready = { state: 'ready' as const, bytes, readyAt: deps.now(), linesDrawn: row.lineCount }
    if (await set(deps.db, row, ready)) return 'drawn'
    // Another try has the row now, or its reader deleted their account meanwhile.
    if (!(await isThere(deps.db, row.id))) await deps.storage.delete(MAIN_BUCKET, statementKey(row.id))
    return 'nothing'
  } catch (error) {
    if (signal.aborted) {
      await set(deps.db, row, { state: 'queued', attempts: row.attempts - 1 })
      return 'given_back'
    }
    await set(deps.db, row, { state: row.attempts >= MAX_TRIES ? 'failed' : 'queued' })
    throw error
  }
}

async function begin({ db, now }: StatementDeps, statementId: string): Promise<Row | undefined> {
  const [row] = await db
    .update(statementFiles)
    .set({ state: 'drawing', linesDrawn: 0, queuedAt: now(), attempts: sql`${statementFiles.attempts} + 1` })
    .where(and(eq(statementFiles.id, statementId), inArray(statementFiles.state, ['queued', 'drawing'])))
    .returning()
  if (!row || row.attempts <= MAX_TRIES) return row
  await set(db, row, { state: 'failed' }) // its last try died with its clerk
  return undefined
}

/** Changes the row while this try has it. @returns whether it does */
const set = async (db: Db, { id, attempts }: Row, columns: Partial<Row>): Promise<boolean> => {
  const isThisTry = and(
    eq(statementFiles.id, id),
    eq(statementFiles.state, 'drawing'),
    eq(statementFiles.attempts, attempts),
  )
  const changed = await db.update(statementFiles).set(columns).where(isThisTry).returning({ id: statementFiles.id })
  return changed.length > 0
}

const isThere = async (db: Db, id: string): Promise<boolean> =>
  (await db.$count(statementFiles, eq(statementFiles.id, id))) > 0

/** @returns how many bytes it has */
async function drawInto({ db, storage, now }: StatementDeps, tx: Tx, row: Row, signal: AbortSignal): Promise<number> {
  const { id, party, payee, fromDay: from, toDay: to, accountIds } = row
  const { opening, closing, lineCount } = await totalsOf(tx, accountIds, { from, to })
  const madeAt = now().toISOString()
  const statement = openStatement({ party, payee, from, to, madeAt, opening, closing, lineCount })
  const stored = storage.put(MAIN_BUCKET, statementKey(id), statement.bytes, { contentType: 'application/pdf' })
  const failed = stored.then(
    () => undefined,
    (error: unknown) => error,
  )
  try {
    const roots = new Map<number, string>()
    let [sum, drawn] = [opening, 0]
    for await (const rows of linesOf(tx, row)) {
      signal.throwIfAborted()
      const part = await describe(tx, row, rows, sum)
      sum = part.closing.amount
      for (const { number, root } of part.seals) roots.set(number, root)
      for (const [at, { proof, ...line }] of part.lines.entries()) {
        statement.draw({ ...line, seal: proof?.seal ?? null })
        if (at % IN_A_ROW === 0) await setImmediate()
      }
      statement.attach(nameOf(drawn + 1, drawn + rows.length), JSON.stringify(part))
      drawn += rows.length
      await set(db, row, { linesDrawn: drawn })
      while (statement.bytes.readableLength > WAITING) {
        signal.throwIfAborted()
        if (statement.bytes.destroyed) throw await failed
        await setImmediate()
      }
    }
    statement.end([...roots].toSorted(([a], [b]) => a - b))
  } catch (error) {
    statement.bytes.destroy(error instanceof Error ? error : new Error('the statement was not drawn'))
    await failed
    throw error
  }
  return (await stored).size
}

const nameOf = (first: number, last: number) =>
  `proofs-${[first, last].map(at => String(at).padStart(6, '0')).join('-')}.json`

/** The lines of a statement in the order in which they were posted, some at a time. */
async function* linesOf(tx: Tx, { party, accountIds, fromDay, toDay }: Row): AsyncGenerator<StatementRow[]> {
  let last: StatementRow | undefined
  do {
    const rows: StatementRow[] = await selectLines(tx, party, {
      accounts: accountIds,
      range: { from: fromDay, to: toDay },
      isBeyond: last ? isAfter(last) : null,
    })
      .orderBy(asc(ledgerPostings.position), asc(ledgerEntries.id))
      .limit(AT_ONCE)
    if (rows.length > 0) yield rows
    last = rows.length === AT_ONCE ? rows.at(-1) : undefined
  } while (last)
}

const baht = (amount: number) => ({ amount, currency: 'THB' as const })

/** Some lines with their proofs, as a statement of their own that begins where the one before ends: a script checks it. */
async function describe(tx: Tx, { party, payee, fromDay, toDay }: Row, rows: readonly StatementRow[], opening: number) {
  const { proofs, seals } = await proveEntries(tx, [...new Set(rows.map(({ postingId }) => postingId))])
  return {
    party,
    name: payee,
    from: fromDay,
    to: toDay,
    opening: baht(opening),
    closing: baht(rows.reduce((sum, { amount }) => sum - amount, opening)),
    lineCount: rows.length,
    lines: rows.map(line => ({ ...statedLine(line, party), proof: proofs.get(line.entryId) ?? null })),
    seals: seals.map(sealFacts),
  }
}
