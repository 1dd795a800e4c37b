import { baht } from '@pix/contracts/common.ts'
import type { EarningParty, StatementLine } from '@pix/contracts/earnings.ts'
import type { Queryable } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orderShares } from '@pix/db/schema/order-shares.ts'
import { netPrice, orderLines, orders } from '@pix/db/schema/orders.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type DayRange, withinDays } from '../../base/bangkok-days.ts'

const KINDS: ReadonlySet<string> = new Set<StatementLine['kind']>(['sale', 'refund', 'payout', 'payout_return'])
const isNamed = (kind: string): kind is StatementLine['kind'] => KINDS.has(kind)

export type StatementRow = Awaited<ReturnType<typeof selectLines>>[number]

/** A row as the payee reads it: what they are owed more is above 0. */
export function lineOf({ kind, amount, price, ...row }: StatementRow): Omit<StatementLine, 'proof'> {
  const event = row.eventId === null ? null : { id: row.eventId, slug: row.slug ?? '' }
  const { number, withheld, net } = row
  return {
    at: row.at.toISOString(),
    kind: isNamed(kind) ? kind : 'other',
    orderNumber: row.orderNumber,
    event: event && { ...event, name: { th: row.nameTh ?? '', en: row.nameEn ?? '' } },
    photo: row.photoId === null ? null : { id: row.photoId, fileName: row.fileName ?? '' },
    price: price === null ? null : baht(kind === 'sale' ? price : -price),
    rateBp: row.rateBp,
    amount: baht(-amount),
    payout:
      number === null || withheld === null || net === null
        ? null
        : { number, withheld: baht(withheld), net: baht(net) },
  }
}

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

/** The lines of accounts in a time. Their order is the caller's. */
export const selectLines = (db: Queryable, party: EarningParty, { accounts, range, isBeyond }: LinesOf) =>
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
      rateBp: party === 'photographer' ? orderShares.photographerBp : orderShares.organizerBp,
      number: payoutBatches.number,
      withheld: payoutLines.withheld,
      net: payoutLines.net,
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
      and(inArray(ledgerPostings.kind, ['payout', 'payout_return']), eq(payoutLines.id, ledgerPostings.sourceId)),
    )
    .leftJoin(payoutBatches, eq(payoutBatches.id, payoutLines.batchId))
    .where(and(isWithin(accounts, range), isBeyond ?? undefined))
    .$dynamic()

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
