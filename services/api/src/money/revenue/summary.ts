import { baht } from '@pix/contracts/common.ts'
import type { EventRevenue, RevenueSummary } from '@pix/contracts/revenue.ts'
import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { type SQL, and, count, countDistinct, desc, eq, inArray, isNotNull, sql, sum } from 'drizzle-orm'
import { notFound } from '../../base/problem.ts'
import { checkLedger } from '../ledger/index.ts'
import { fillDays } from './days.ts'

/** Days in Asia/Bangkok, both included; without an end the range is open. */
export interface Range {
  from?: string | undefined
  to?: string | undefined
}

const TOP_EVENTS = 20
const bangkokDay = (column: SQL | typeof orders.paidAt) =>
  sql<string>`to_char(${column} at time zone 'Asia/Bangkok', 'YYYY-MM-DD')`

/** Orders that were paid in the range. */
function paidOrders({ from, to }: Range) {
  return and(
    inArray(orders.status, ['paid', 'fulfilled']),
    isNotNull(orders.paidAt),
    from === undefined ? undefined : sql`${bangkokDay(orders.paidAt)} >= ${from}`,
    to === undefined ? undefined : sql`${bangkokDay(orders.paidAt)} <= ${to}`,
  )
}

/** Lines of one event or all. Of an order over several events an event has its own part. */
const linesOf = (eventId: string | null) => (eventId === null ? undefined : eq(orderLines.eventId, eventId))

/** What was sold, who earned it, and whether the books agree. */
export async function summarize(db: Queryable, range: Range, eventId: string | null = null): Promise<RevenueSummary> {
  const days = await db
    .select({
      day: bangkokDay(orders.paidAt),
      gross: sum(orderLines.unitPrice).mapWith(Number),
      orders: countDistinct(orders.id),
    })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(and(paidOrders(range), linesOf(eventId)))
    .groupBy(sql`1`)
    .orderBy(sql`1`)
  const [sold] = await db
    .select({ photos: count() })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(paidOrders(range), linesOf(eventId), eq(orderLines.kind, 'photo')))
  const gross = days.reduce((total, day) => total + day.gross, 0)
  const orderCount = days.reduce((total, day) => total + day.orders, 0)
  const split = await earned(db, range, eventId)
  return {
    gross: baht(gross),
    orders: orderCount,
    photosSold: sold?.photos ?? 0,
    averageOrder: orderCount === 0 ? null : baht(Math.round(gross / orderCount)),
    split: {
      platform: baht(split.platform_revenue ?? 0),
      photographer: baht(split.photographer_payable ?? 0),
      organizer: baht(split.organizer_payable ?? 0),
    },
    byDay: fillDays(days, range).map(day => ({ ...day, gross: baht(day.gross) })),
    ...(await checkLedger(db, eventId)),
  }
}

/** Satang by kind of account, over the sales' postings. */
async function earned(db: Queryable, range: Range, eventId: string | null): Promise<Record<string, number>> {
  const rows = await db
    .select({ kind: ledgerAccounts.kind, total: sum(ledgerEntries.amount).mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .innerJoin(orders, eq(orders.id, ledgerPostings.orderId))
    .where(and(eq(ledgerPostings.kind, 'sale'), paidOrders(range), entriesOf(eventId)))
    .groupBy(ledgerAccounts.kind)
  return Object.fromEntries(rows.map(({ kind, total }) => [kind, -total]))
}

/** Shares of one event's photos or all. Postings of before named no photos: theirs are orders of one event. */
function entriesOf(eventId: string | null) {
  if (eventId === null) return undefined
  return sql`exists (
    select 1 from ${orderLines} where ${orderLines.orderId} = ${ledgerPostings.orderId} and ${orderLines.eventId} = ${eventId}
      and (${ledgerEntries.photoId} is null or ${orderLines.photoId} = ${ledgerEntries.photoId})
  )`
}

/** The events that earned most. */
export async function topEvents(db: Queryable, range: Range) {
  const gross = sum(orderLines.unitPrice).mapWith(Number)
  const rows = await db
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
    .where(paidOrders(range))
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
export async function summarizeEvent(db: Queryable, eventId: string, range: Range): Promise<EventRevenue> {
  const [event] = await db.select().from(events).where(eq(events.id, eventId))
  if (!event) throw notFound()
  const shares = await db
    .select({ ownerId: ledgerAccounts.ownerId, total: sum(ledgerEntries.amount).mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .innerJoin(orders, eq(orders.id, ledgerPostings.orderId))
    .where(and(eq(ledgerAccounts.kind, 'photographer_payable'), paidOrders(range), entriesOf(eventId)))
    .groupBy(ledgerAccounts.ownerId)
  const sold = await db
    .select({ photographerId: users.id, name: users.name, photosSold: countDistinct(orderLines.id) })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(users, eq(users.id, orderLines.photographerId))
    .where(and(paidOrders(range), linesOf(eventId), eq(orderLines.kind, 'photo')))
    .groupBy(users.id)
  const byOwner = new Map(shares.map(row => [row.ownerId, -row.total]))
  return {
    ...(await summarize(db, range, eventId)),
    event: { id: event.id, slug: event.slug, name: { th: event.nameTh, en: event.nameEn } },
    photographers: sold
      .map(row => ({ ...row, share: baht(byOwner.get(row.photographerId) ?? 0) }))
      .sort((a, b) => b.share.amount - a.share.amount || (a.photographerId < b.photographerId ? -1 : 1)),
  }
}
