import { baht } from '@pix/contracts/common.ts'
import type { EventRevenue, RevenueSummary } from '@pix/contracts/revenue.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { type SQL, and, count, countDistinct, desc, eq, inArray, isNotNull, isNull, or, sql, sum } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type DayRange, withinDays } from '../../base/bangkok-days.ts'
import type { Context } from '../../base/context.ts'
import { findManagedEvent, managedBy } from '../../catalogue/events/index.ts'
import { fillDays } from './days.ts'
import { readBooks } from './read-books.ts'

const TOP_EVENTS = 20
const bangkokDay = (column: SQL | typeof orders.paidAt) =>
  sql<string>`to_char(${column} at time zone 'Asia/Bangkok', 'YYYY-MM-DD')`

/** Orders that were paid in the range, also those that were refunded since. */
const paidOrders = (range: DayRange) => and(isNotNull(orders.paidAt), withinDays(orders.paidAt, range))

/** Events that the caller manages; null for a platform admin, whose are all. */
const managedEvents = (ctx: Context) =>
  ctx.caller?.isPlatformAdmin ? null : ctx.db.select({ id: events.id }).from(events).where(managedBy(ctx))

/** Lines of one event or of all that the caller manages. Of an order over several events an event has its own part. */
function linesOf(ctx: Context, eventId: string | null) {
  if (eventId !== null) return eq(orderLines.eventId, eventId)
  const managed = managedEvents(ctx)
  return managed === null ? undefined : inArray(orderLines.eventId, managed)
}

/** What was sold, who earned it, and whether the books agree. */
export async function summarize(ctx: Context, range: DayRange): Promise<RevenueSummary> {
  return summaryOf(ctx, range, null, await earnings(ctx, range, null))
}

async function summaryOf(
  ctx: Context,
  range: DayRange,
  eventId: string | null,
  earned: readonly Earning[],
): Promise<RevenueSummary> {
  const days = await ctx.db
    .select({
      day: bangkokDay(orders.paidAt),
      gross: sum(orderLines.unitPrice).mapWith(Number),
      orders: countDistinct(orders.id),
      photos: sql<number>`count(*) filter (where ${orderLines.kind} = 'photo')`.mapWith(Number),
    })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(and(paidOrders(range), linesOf(ctx, eventId)))
    .groupBy(sql`1`)
    .orderBy(sql`1`)
  const total = (of: (day: (typeof days)[number]) => number) => days.reduce((all, day) => all + of(day), 0)
  const [gross, orderCount] = [total(day => day.gross), total(day => day.orders)]
  const shareOf = (kind: Earning['kind']) =>
    baht(earned.filter(one => one.kind === kind).reduce((all, one) => all + one.earned, 0))
  return {
    gross: baht(gross),
    orders: orderCount,
    photosSold: total(day => day.photos),
    averageOrder: orderCount === 0 ? null : baht(Math.round(gross / orderCount)),
    split: {
      platform: shareOf('platform_revenue'),
      photographer: shareOf('photographer_payable'),
      organizer: shareOf('organizer_payable'),
    },
    byDay: fillDays(days, range).map(day => ({ day: day.day, gross: baht(day.gross), orders: day.orders })),
    ...(await readBooks(ctx, eventId)),
  }
}

interface Earning {
  kind: (typeof ledgerAccounts.$inferSelect)['kind']
  ownerId: string | null
  /** Satang. */
  earned: number
}

/** By account, over the sales' postings: of one event or all. */
async function earnings(ctx: Context, range: DayRange, eventId: string | null): Promise<Earning[]> {
  const { db } = ctx
  const paid = db.select({ id: orders.id }).from(orders).where(paidOrders(range))
  // A sale is posted only when its order is paid.
  const isOpen = range.from === undefined && range.to === undefined
  const rows = await db
    .select({
      kind: ledgerAccounts.kind,
      ownerId: ledgerAccounts.ownerId,
      total: sum(ledgerEntries.amount).mapWith(Number),
    })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .where(
      and(
        eq(ledgerPostings.kind, 'sale'),
        isOpen ? undefined : inArray(ledgerPostings.orderId, paid),
        entriesOf(ctx, eventId),
      ),
    )
    .groupBy(ledgerAccounts.id)
  return rows.map(({ total, ...row }) => ({ ...row, earned: -total }))
}

/** Shares of one event's photos, or of all that the caller manages. Entries of before name no event: their posting does. */
function entriesOf(ctx: Context, eventId: string | null) {
  const managed = managedEvents(ctx)
  if (eventId === null && managed === null) return undefined
  const isOf = (column: PgColumn) => (eventId === null ? inArray(column, managed!) : eq(column, eventId))
  return or(isOf(ledgerEntries.eventId), and(isNull(ledgerEntries.eventId), isOf(ledgerPostings.eventId)))
}

/** The events that earned most. */
export async function topEvents(ctx: Context, range: DayRange) {
  const gross = sum(orderLines.unitPrice).mapWith(Number)
  const rows = await ctx.db
    .select({
      id: events.id,
      slug: events.slug,
      nameTh: events.nameTh,
      nameEn: events.nameEn,
      gross,
      orders: countDistinct(orders.id),
    })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .innerJoin(events, eq(events.id, orderLines.eventId))
    .where(and(paidOrders(range), managedBy(ctx)))
    .groupBy(events.id)
    .orderBy(desc(gross), events.id)
    .limit(TOP_EVENTS)
  return rows.map(row => ({
    id: row.id,
    slug: row.slug,
    name: { th: row.nameTh, en: row.nameEn },
    gross: baht(row.gross),
    orders: row.orders,
  }))
}

/** One event's revenue, with its photographers by what they earned. */
export async function summarizeEvent(ctx: Context, eventId: string, range: DayRange): Promise<EventRevenue> {
  const event = await findManagedEvent(ctx, eventId)
  const earned = await earnings(ctx, range, eventId)
  const sold = await ctx.db
    .select({ photographerId: users.id, name: users.name, photosSold: count() })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(users, eq(users.id, orderLines.photographerId))
    .where(and(paidOrders(range), linesOf(ctx, eventId), eq(orderLines.kind, 'photo')))
    .groupBy(users.id)
  const photographers = earned.filter(one => one.kind === 'photographer_payable')
  const shareOf = (userId: string) => baht(photographers.find(one => one.ownerId === userId)?.earned ?? 0)
  return {
    ...(await summaryOf(ctx, range, eventId, earned)),
    event: { id: event.id, slug: event.slug, name: { th: event.nameTh, en: event.nameEn } },
    photographers: sold
      .map(row => ({ ...row, share: shareOf(row.photographerId) }))
      .sort((a, b) => b.share.amount - a.share.amount || (a.photographerId < b.photographerId ? -1 : 1)),
  }
}
