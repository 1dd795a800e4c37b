import { ledgerAccounts, ledgerChecks, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { receipts } from '@pix/db/schema/payments.ts'
import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { withinDays } from '../../base/bangkok-days.ts'
import type { Context } from '../../base/context.ts'
import { type Findings, type Found, noteDifference } from './found-differences.ts'
import { compareSettlements } from './settlements/compare-settlements.ts'

/** Differences of one kind and day that are kept; more than that is one fault with many faces. */
const MOST = 500

export interface Compared {
  receipts: number
  postings: number
}

/**
 * Receipts of this day against their postings, postings of this day against their receipts, the books' own check, and
 * statements of gateways that end on it.
 */
export async function compareLedger(ctx: Context, findings: Findings, day: string): Promise<Compared> {
  await compareReceipts(ctx, findings, day)
  await comparePostings(ctx, findings, day)
  await compareBooks(ctx, findings, day)
  await compareSettlements(ctx, findings, day)
  const range = { from: day, to: day }
  return {
    receipts: await ctx.db.$count(receipts, withinDays(receipts.receivedAt, range)),
    postings: await ctx.db.$count(ledgerPostings, withinDays(ledgerPostings.createdAt, range)),
  }
}

/** When as many rows were read as may be read, there may be more. */
function noteCut({ cut }: Findings, kind: Found['kind'], rows: readonly unknown[]): void {
  if (rows.length === MOST) cut.add(kind)
}

const isOfReceipt = and(eq(ledgerPostings.sourceKind, 'receipt'), eq(ledgerPostings.sourceId, receipts.id))

async function compareReceipts(ctx: Context, findings: Findings, day: string): Promise<void> {
  const ofDay = withinDays(receipts.receivedAt, { from: day, to: day })
  const missing = await ctx.db
    .select({ id: receipts.id, amount: receipts.amount, reference: receipts.transId })
    .from(receipts)
    .leftJoin(ledgerPostings, isOfReceipt)
    .where(and(ofDay, isNotNull(receipts.amount), isNull(ledgerPostings.id)))
    .orderBy(asc(receipts.id))
    .limit(MOST)
  noteCut(findings, 'receipt_without_posting', missing)
  for (const { id, amount, reference } of missing) {
    const facts = { ourAmount: amount, reference }
    await noteDifference(ctx, findings, { kind: 'receipt_without_posting', subject: `receipt:${id}`, day, facts })
  }
  const posted = sql<number>`coalesce(sum(${ledgerEntries.amount}), 0)::float8`
  const others = await ctx.db
    .select({ id: receipts.id, amount: receipts.amount, posted, reference: receipts.transId })
    .from(receipts)
    .innerJoin(ledgerPostings, isOfReceipt)
    .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
    .innerJoin(
      ledgerAccounts,
      and(eq(ledgerAccounts.id, ledgerEntries.accountId), eq(ledgerAccounts.kind, 'gateway_clearing')),
    )
    .where(ofDay)
    .groupBy(receipts.id)
    .having(ne(sql`sum(${ledgerEntries.amount})`, receipts.amount))
    .orderBy(asc(receipts.id))
    .limit(MOST)
  noteCut(findings, 'posting_other_amount', others)
  for (const { id, amount, posted: postedAmount, reference } of others) {
    const facts = { ourAmount: amount, postedAmount, reference }
    await noteDifference(ctx, findings, { kind: 'posting_other_amount', subject: `receipt:${id}`, day, facts })
  }
}

async function comparePostings(ctx: Context, findings: Findings, day: string): Promise<void> {
  const without = await ctx.db
    .select({ id: ledgerPostings.id, receiptId: ledgerPostings.sourceId })
    .from(ledgerPostings)
    .leftJoin(receipts, eq(receipts.id, ledgerPostings.sourceId))
    .where(
      and(
        withinDays(ledgerPostings.createdAt, { from: day, to: day }),
        eq(ledgerPostings.sourceKind, 'receipt'),
        isNull(receipts.id),
      ),
    )
    .orderBy(asc(ledgerPostings.id))
    .limit(MOST)
  noteCut(findings, 'posting_without_receipt', without)
  for (const { id, receiptId } of without) {
    const facts = { reference: receiptId }
    await noteDifference(ctx, findings, { kind: 'posting_without_receipt', subject: `posting:${id}`, day, facts })
  }
}

/** What the latest check of the whole books found. */
async function compareBooks(ctx: Context, findings: Findings, day: string): Promise<void> {
  const [last] = await ctx.db
    .select()
    .from(ledgerChecks)
    .orderBy(desc(ledgerChecks.checkedAt), desc(ledgerChecks.id))
    .limit(1)
  if (!last || last.balanced) return
  const { unbalanced, wrong, drifted } = last
  await noteDifference(ctx, findings, { kind: 'books', subject: 'ledger', day, facts: { unbalanced, wrong, drifted } })
}
