import { ledgerChecks, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Context, Joining } from '../../base/context.ts'
import type { Deps } from '../../base/deps.ts'
import { checkLedger } from './check-ledger.ts'
import { ledgerBalanced, ledgerCheckSeconds, ledgerCheckedAt } from './metrics.ts'

/** After a posting the books are added up again no sooner than this, and 20 times what it took. */
const SOON_MS = 10_000
const SPARED = 20
/** Without a posting they are all the same: somebody may have changed rows by hand. */
const ANYHOW_MS = 10 * 60_000
const KEPT_MS = 7 * 86_400_000

type Check = typeof ledgerChecks.$inferSelect

/** The latest result; null until the first. */
async function lastCheck({ db }: Pick<Joining<Context>, 'db'>): Promise<Check | null> {
  const [last] = await db.select().from(ledgerChecks).orderBy(desc(ledgerChecks.checkedAt)).limit(1)
  return last ?? null
}

/**
 * Adds the books up when that is due, keeps the result, and puts the latest into the metrics. One process at a time
 * does it. Between two of them lies 20 times what adding up takes, until that is more than ten minutes.
 */
export async function keepLedgerChecked(deps: Deps): Promise<void> {
  const ctx = asSystem(deps)
  await checkIfDue(ctx)
  const last = await lastCheck(ctx)
  if (!last) return
  ledgerBalanced.set(last.balanced ? 1 : 0)
  ledgerCheckedAt.set(last.checkedAt.getTime() / 1_000)
  ledgerCheckSeconds.set(last.tookMs / 1_000)
}

async function isDue(ctx: Joining<Context>): Promise<boolean> {
  const last = await lastCheck(ctx)
  if (!last) return true
  const ageMs = ctx.now().getTime() - last.checkedAt.getTime()
  if (ageMs >= ANYHOW_MS) return true
  if (ageMs < Math.max(SOON_MS, SPARED * last.tookMs)) return false
  // Ids are made in the order of time.
  const [newest] = await ctx.db
    .select({ createdAt: ledgerPostings.createdAt })
    .from(ledgerPostings)
    .orderBy(desc(ledgerPostings.id))
    .limit(1)
  return newest !== undefined && newest.createdAt >= last.checkedAt
}

/** Whether it is due is asked under the lock: another process may just have done it. */
async function checkIfDue(ctx: Context): Promise<void> {
  const check = await ctx.db.transaction(async tx => {
    const locked = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(7269010) as mine`)
    if (!locked.rows[0]?.mine || !(await isDue({ ...ctx, db: tx }))) return null
    const checkedAt = ctx.now()
    const begun = performance.now()
    const books = await checkLedger(tx)
    const tookMs = Math.round(performance.now() - begun)
    await tx
      .delete(ledgerChecks)
      .where(and(eq(ledgerChecks.balanced, true), lt(ledgerChecks.checkedAt, keptSince(ctx))))
    const [kept] = await tx
      .insert(ledgerChecks)
      .values({ id: ctx.newId(), checkedAt, tookMs, ...books })
      .returning()
    return kept ?? null
  })
  if (check && !check.balanced) ctx.log.error(check, 'the ledger is out of balance')
}

const keptSince = ({ now }: Pick<Deps, 'now'>): Date => new Date(now().getTime() - KEPT_MS)
