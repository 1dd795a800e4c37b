import type { Tx } from '@pix/db/client.ts'
import { differences, reconciliations } from '@pix/db/schema/reconciliation.ts'
import { and, asc, eq, gt, isNull, lt, max, ne, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { queueToAdmins } from '../../base/admin-letters.ts'
import { sendLetter } from '../../base/letters.ts'
import { type Asked, compareCharges, compareOpenCharges, type Run } from './compare-charges.ts'
import { compareLedger } from './compare-ledger.ts'
import { endOthers, type Findings, newFindings } from './found-differences.ts'

/** Further days that are looked at again because something of theirs is open. */
const MOST_DAYS = 31
/** A comparison that is older and has no end was killed. */
export const KILLED_MS = 60 * 60_000

type Row = typeof reconciliations.$inferSelect

/**
 * Compares what gateways, receipts and ledger say of a day, and of the days of which something is open. Opens a row for
 * each difference, ends those that are over, and writes to every admin when there are new ones. Safe to repeat.
 */
export async function reconcile(ctx: Context, { id, day }: Pick<Row, 'id' | 'day'>): Promise<void> {
  const findings = newFindings()
  const run: Run = { findings, asked: new Set(), renew: () => renew(ctx, id) }
  const days = [day, ...(await openDays(ctx, day))]
  const open = await compareOpenCharges(ctx, run, day)
  const counted = { charges: 0, unanswered: 0, receipts: 0, postings: 0 }
  for (const each of days) {
    const asked = await compareCharges(ctx, run, each)
    const compared = await compareLedger(ctx, findings, each)
    if (each === day) Object.assign(counted, added(open, asked), compared)
  }
  await endOthers(ctx, findings, days)
  await finish(ctx, { id, day }, counted, findings)
}

const added = (a: Asked, b: Asked): Asked => ({
  charges: a.charges + b.charges,
  unanswered: a.unanswered + b.unanswered,
})

/** Shows that a comparison is still running, however long it takes. */
async function renew({ db, now }: Context, id: string): Promise<void> {
  await db.update(reconciliations).set({ startedAt: now() }).where(eq(reconciliations.id, id))
}

async function openDays({ db }: Context, day: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ day: differences.day })
    .from(differences)
    .where(and(isNull(differences.endedAt), ne(differences.day, day)))
    .orderBy(asc(differences.day))
    .limit(MOST_DAYS)
  return rows.map(row => row.day)
}

async function finish(
  ctx: Context,
  { id, day }: Pick<Row, 'id' | 'day'>,
  counted: Pick<Row, 'charges' | 'unanswered' | 'receipts' | 'postings'>,
  findings: Findings,
): Promise<void> {
  const { opened, letters } = await ctx.db.transaction(async tx => {
    const opened = await countNewDifferences(tx)
    await tx
      .update(reconciliations)
      .set({ ...counted, found: findings.keys.size, finishedAt: ctx.now() })
      .where(eq(reconciliations.id, id))
    if (opened === 0) return { opened, letters: [] }
    const letters = await queueToAdmins(
      { ...ctx, db: tx },
      {
        template: 'books_disagree',
        facts: { day, count: String(opened) },
        path: `/admin/reconciliation?day=${day}`,
        dedupeKey: `books_disagree:${id}`,
      },
    )
    return { opened, letters }
  })
  if (opened > 0) ctx.log.error({ day, opened }, 'gateways, receipts and ledger disagree')
  for (const letter of letters) await sendLetter(ctx, letter)
}

/**
 * Counts open differences that no letter reported yet: they were opened after the last finished comparison, also by a
 * killed one.
 */
async function countNewDifferences(tx: Tx): Promise<number> {
  const [last] = await tx.select({ at: max(reconciliations.finishedAt) }).from(reconciliations)
  const since = last?.at ? gt(differences.openedAt, last.at) : undefined
  return tx.$count(differences, and(isNull(differences.endedAt), since))
}

/**
 * Claims the daily comparison of a day, for one process: the first, or one after the first was killed.
 *
 * @returns null when it is made or under way
 */
export async function claimDaily({ db, now, newId }: Context, day: string): Promise<Pick<Row, 'id' | 'day'> | null> {
  const at = now()
  const isKilled = and(
    isNull(reconciliations.finishedAt),
    lt(reconciliations.startedAt, new Date(at.getTime() - KILLED_MS)),
  )
  const [claimed] = await db
    .insert(reconciliations)
    .values({ id: newId(), day, startedAt: at })
    .onConflictDoUpdate({
      target: reconciliations.day,
      targetWhere: sql`${reconciliations.askedBy} is null`,
      set: { startedAt: at },
      setWhere: isKilled!,
    })
    .returning({ id: reconciliations.id, day: reconciliations.day })
  return claimed ?? null
}
