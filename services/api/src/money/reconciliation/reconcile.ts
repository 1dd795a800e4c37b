import { differences, reconciliations } from '@pix/db/schema/reconciliation.ts'
import { and, asc, eq, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { queueToAdmins } from '../../base/admin-letters.ts'
import { sendLetter } from '../../base/letters.ts'
import { compareCharges } from './compare-charges.ts'
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
  const days = [day, ...(await openDays(ctx, day))]
  const counted = { charges: 0, unanswered: 0, receipts: 0, postings: 0 }
  for (const each of days) {
    const asked = await compareCharges(ctx, findings, each)
    const compared = await compareLedger(ctx, findings, each)
    if (each === day) Object.assign(counted, asked, compared)
  }
  await endOthers(ctx, findings, days)
  await finish(ctx, { id, day }, counted, findings)
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
  const letters = await ctx.db.transaction(async tx => {
    await tx
      .update(reconciliations)
      .set({ ...counted, found: findings.keys.size, finishedAt: ctx.now() })
      .where(eq(reconciliations.id, id))
    if (findings.opened === 0) return []
    return queueToAdmins(
      { ...ctx, db: tx },
      {
        template: 'books_disagree',
        facts: { day, count: String(findings.opened) },
        path: `/admin/reconciliation?day=${day}`,
        dedupeKey: `books_disagree:${id}`,
      },
    )
  })
  if (findings.opened > 0) ctx.log.error({ day, opened: findings.opened }, 'gateways, receipts and ledger disagree')
  for (const letter of letters) await sendLetter(ctx, letter)
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
