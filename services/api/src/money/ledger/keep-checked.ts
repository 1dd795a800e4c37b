import { ledgerChecks, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Context, Joining } from '../../base/context.ts'
import type { Deps } from '../../base/deps.ts'
import { type Books, checkLedger } from './check-ledger.ts'
import { ledgerBalanced, ledgerCheckSeconds, ledgerCheckedAt } from './metrics.ts'

/** The shortest pause between two checks. */
const MIN_PAUSE_MS = 10_000
/** The pause is at least this many times what the check took, so that a slow check does not load the database. */
const PAUSE_PER_CHECK = 20
/** The longest pause. Then the books are checked without a new posting too: somebody may have changed rows by hand. */
const MAX_PAUSE_MS = 10 * 60_000
/** How long good results are kept. */
const KEPT_MS = 7 * 86_400_000

type Check = typeof ledgerChecks.$inferSelect

/** The latest results, newest first. */
const latestChecks = ({ db }: Pick<Joining<Context>, 'db'>, limit: number): Promise<Check[]> =>
  db.select().from(ledgerChecks).orderBy(desc(ledgerChecks.checkedAt), desc(ledgerChecks.id)).limit(limit)

/**
 * Checks the books when that is due, keeps the result, and puts the latest result into the metrics. One process at a
 * time checks. After a new posting the next check comes once its pause is over; without one it comes after the longest.
 */
export async function keepLedgerChecked(deps: Deps): Promise<void> {
  const ctx = asSystem(deps)
  await checkIfDue(ctx)
  const [last] = await latestChecks(ctx, 1)
  if (!last) return
  ledgerBalanced.set(last.balanced ? 1 : 0)
  ledgerCheckedAt.set(last.checkedAt.getTime() / 1_000)
  ledgerCheckSeconds.set(last.tookMs / 1_000)
}

/**
 * Postings are counted: the table is append only. Their times and ids would not do, as both are made before the commit:
 * a posting that commits just after a check may be older than the check.
 */
async function isDue(ctx: Joining<Context>): Promise<boolean> {
  const [last] = await latestChecks(ctx, 1)
  if (!last) return true
  const ageMs = ctx.now().getTime() - last.checkedAt.getTime()
  if (ageMs >= MAX_PAUSE_MS) return true
  if (ageMs < Math.max(MIN_PAUSE_MS, PAUSE_PER_CHECK * last.tookMs)) return false
  return (await ctx.db.$count(ledgerPostings)) !== last.postings
}

/** Whether a check is due is asked under the lock: another process may just have made it. */
async function checkIfDue(ctx: Context): Promise<void> {
  const check = await ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const locked = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(7269010) as mine`)
    if (!locked.rows[0]?.mine || !(await isDue(inTx))) return null
    const checkedAt = ctx.now()
    const begun = performance.now()
    const books = await checkLedger(tx)
    const tookMs = Math.round(performance.now() - begun)
    await deleteSurplus(inTx, books)
    const [kept] = await tx
      .insert(ledgerChecks)
      .values({ id: ctx.newId(), checkedAt, tookMs, ...books })
      .returning()
    return kept ?? null
  })
  if (check && !check.balanced) ctx.log.error(check, 'the ledger is out of balance')
}

/**
 * Deletes the results that the next one makes surplus: old good ones, and the last of a run that the next one continues.
 * So the first and the last of a run of equal results stay, however long the run is.
 */
async function deleteSurplus(ctx: Joining<Context>, next: Books): Promise<void> {
  const { db } = ctx
  await db.delete(ledgerChecks).where(and(eq(ledgerChecks.balanced, true), lt(ledgerChecks.checkedAt, keptSince(ctx))))
  const [last, before] = await latestChecks(ctx, 2)
  if (last && before && findsSame(last, next) && findsSame(before, next))
    await db.delete(ledgerChecks).where(eq(ledgerChecks.id, last.id))
}

/** Equal results count the same faults. Sales and kept money go on meanwhile. */
const findsSame = (a: Books, b: Books): boolean =>
  a.unbalanced === b.unbalanced && a.wrong === b.wrong && a.drifted === b.drifted

const keptSince = ({ now }: Pick<Context, 'now'>): Date => new Date(now().getTime() - KEPT_MS)
