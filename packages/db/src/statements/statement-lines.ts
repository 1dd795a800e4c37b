import type { PayeeParty } from '@pix/domain/words.ts'
import type { Queryable } from '../client.ts'
import { events } from '../schema/events.ts'
import { ledgerEntries, ledgerPostings } from '../schema/ledger.ts'
import { orderShares } from '../schema/order-shares.ts'
import { netPrice, orderLines, orders } from '../schema/orders.ts'
import { ledgerAdjustments, payoutBatches, payoutLines } from '../schema/payouts.ts'
import { photos } from '../schema/photos.ts'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type DayRange, withinDays } from '../within-days.ts'

export type StatementRow = Awaited<ReturnType<typeof selectLines>>[number]

const isOfLine = and(
  eq(orderShares.orderId, orderLines.orderId),
  eq(orderShares.eventId, orderLines.eventId),
  eq(orderShares.photographerId, orderLines.photographerId),
)

const isWithin = (accounts: readonly string[], range: DayRange) =>
  and(inArray(ledgerEntries.accountId, [...accounts]), withinDays(ledgerPostings.createdAt, range))

export interface LinesOf {
  accounts: readonly string[]
  range: DayRange
  /** Leaves out those of the pages before. */
  isBeyond?: SQL | null
}

const RATES = {
  photographer: orderShares.photographerBp,
  organizer: orderShares.organizerBp,
  studio: orderShares.studioBp,
} as const

/** The lines of accounts in a time. Their order is the caller's. */
export const selectLines = (db: Queryable, party: PayeeParty, { accounts, range, isBeyond }: LinesOf) =>
  db
    .select({
      entryId: ledgerEntries.id,
      postingId: ledgerPostings.id,
      position: ledgerPostings.position,
      at: ledgerPostings.createdAt,
      kind: ledgerPostings.kind,
      amount: ledgerEntries.amount,
      orderNumber: orders.number,
      eventId: events.id,
      slug: events.slug,
      nameTh: events.nameTh,
      nameEn: events.nameEn,
      photoId: photos.id,
      fileName: photos.fileName,
      price: netPrice(orderLines),
      rateBp: RATES[party],
      number: sql<string | null>`${payoutBatches.number} || '/' || ${payoutLines.position}`,
      paidTo: payoutLines.party,
      withheld: payoutLines.withheld,
      net: payoutLines.net,
      reference: ledgerAdjustments.reference,
      reason: ledgerAdjustments.reason,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .leftJoin(orders, eq(orders.id, ledgerPostings.orderId))
    .leftJoin(orderLines, eq(orderLines.id, ledgerEntries.lineId))
    .leftJoin(orderShares, isOfLine)
    .leftJoin(photos, eq(photos.id, ledgerEntries.photoId))
    .leftJoin(events, sql`${events.id} = coalesce(${ledgerEntries.eventId}, ${ledgerPostings.eventId})`)
    .leftJoin(
      payoutLines,
      and(
        inArray(ledgerPostings.kind, ['payout', 'payout_return', 'withholding']),
        eq(payoutLines.id, ledgerPostings.sourceId),
      ),
    )
    .leftJoin(payoutBatches, eq(payoutBatches.id, payoutLines.batchId))
    .leftJoin(
      ledgerAdjustments,
      and(eq(ledgerPostings.kind, 'adjustment'), eq(ledgerAdjustments.id, ledgerPostings.sourceId)),
    )
    .where(and(isWithin(accounts, range), isBeyond ?? undefined))
    .$dynamic()

/** SQL: the line comes after this one, in the order in which lines are read. */
export const isAfter = ({ position, entryId }: Pick<StatementRow, 'position' | 'entryId'>): SQL =>
  sql`(${ledgerPostings.position}, ${ledgerEntries.id}) > (${position}::bigint, ${entryId}::uuid)`

/** Satang that were owed when the first day began and when the last one ended, and how many lines lead there. */
export async function totalsOf(
  db: Queryable,
  accounts: readonly string[],
  { from, to }: DayRange,
): Promise<{ opening: number; closing: number; lineCount: number }> {
  const isInRange = withinDays(ledgerPostings.createdAt, { from })!
  const [row] = await db
    .select({
      opening: sql<number>`coalesce(-sum(${ledgerEntries.amount}) filter (where not ${isInRange}), 0)`.mapWith(Number),
      closing: sql<number>`coalesce(-sum(${ledgerEntries.amount}), 0)`.mapWith(Number),
      lineCount: sql<number>`count(*) filter (where ${isInRange})`.mapWith(Number),
    })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .where(isWithin(accounts, { to }))
  return row ?? { opening: 0, closing: 0, lineCount: 0 }
}
