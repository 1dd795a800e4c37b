import { baht } from '@pix/contracts/common.ts'
import type { EventRevenue, RevenueSummary } from '@pix/contracts/revenue.ts'
import { events } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { netPrice, orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { and, between, countDistinct, desc, eq, inArray, isNull, or, sql, sum } from 'drizzle-orm'
import { bangkokDayOf, type DayRange } from '../../base/bangkok-days.ts'
import type { CallerContext } from '../../base/context.ts'
import { manageBooksOf } from '../../catalogue/events/index.ts'
import { inNamedStudio, isOfList, type Listed } from '../../people/studios/index.ts'
import { fillDays } from './days.ts'
import { conversionOf, photographersOf, soldPackages } from './read-reports.ts'
import { readBooks } from './read-books.ts'
import { type Earning, linesOf, ofPaidOrders, type Scope, scopeOf, spanOf } from './scope.ts'

const TOP_EVENTS = 20

/** SQL: what the lines were sold for, less what coupons took off them. */
const soldFor =
  sql<number>`coalesce(sum(${netPrice(orderLines)}) filter (where ${orderLines.kind} <> 'coupon'), 0)`.mapWith(Number)

/** What was sold, who earned it, whether the books agree, and the events that earned most. */
export const summarize = (ctx: CallerContext, { studio, ...range }: DayRange & { studio?: string | undefined }) =>
  inNamedStudio(ctx, studio, list => readRevenue(list, range))

/** The same for work that no person asked for. */
export async function readRevenue(list: Listed, range: DayRange) {
  const scope = await scopeOf(list, null, range)
  return { ...(await summaryOf(scope)), events: await topEvents(scope) }
}

async function summaryOf(scope: Scope): Promise<RevenueSummary> {
  const earned = await earningsOf(scope)
  const days = await scope.db
    .select({
      day: bangkokDayOf(orders.paidAt),
      gross: soldFor,
      orders: countDistinct(orders.id),
      photos: sql<number>`count(*) filter (where ${orderLines.kind} = 'photo')`.mapWith(Number),
    })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(and(ofPaidOrders(scope, orderLines.orderId), linesOf(scope)))
    .groupBy(sql`1`)
    .orderBy(sql`1`)
  const total = (of: (day: (typeof days)[number]) => number) => days.reduce((all, day) => all + of(day), 0)
  const [gross, orderCount] = [total(day => day.gross), total(day => day.orders)]
  const shareOf = (...kinds: Earning['kind'][]) =>
    baht(earned.filter(one => kinds.includes(one.kind)).reduce((all, one) => all + one.earned, 0))
  return {
    gross: baht(gross),
    orders: orderCount,
    photosSold: total(day => day.photos),
    averageOrder: orderCount === 0 ? null : baht(Math.round(gross / orderCount)),
    refunded: baht(earned.reduce((all, one) => all + one.refunded, 0)),
    split: {
      platform: shareOf('platform_revenue'),
      studio: shareOf('studio_payable'),
      photographer: shareOf('photographer_payable'),
      organizer: shareOf('organizer_payable'),
      deducted: shareOf('vat_payable', 'gateway_fees'),
    },
    byDay: fillDays(days, scope.range).map(day => ({ day: day.day, gross: baht(day.gross), orders: day.orders })),
    packages: await soldPackages(scope),
    photographers: await photographersOf(scope, earned),
    conversion: await conversionOf(scope),
    ...(await readBooks(scope, scope.eventId)),
  }
}

/** Accounts of the parties that share a sale, and of what comes off before. */
const SHARES = [
  'platform_revenue',
  'photographer_payable',
  'organizer_payable',
  'studio_payable',
  'vat_payable',
  'gateway_fees',
] as const

/**
 * By account, what sales gave less what refunds took back: of one event or all. From the orders on, each step is a look into
 * an index.
 */
export async function earningsOf(scope: Scope): Promise<Earning[]> {
  const posted = await spanOf(scope.db, ledgerPostings, ofListedOrders(scope))
  const rows = await scope.db
    .select({
      kind: ledgerAccounts.kind,
      ownerId: ledgerAccounts.ownerId,
      total: sum(ledgerEntries.amount).mapWith(Number),
      refunded:
        sql<number>`coalesce(sum(${ledgerEntries.amount}) filter (where ${ledgerPostings.kind} = 'refund'), 0)`.mapWith(
          Number,
        ),
    })
    .from(orders)
    .innerJoin(ledgerPostings, eq(ledgerPostings.orderId, orders.id))
    .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(
      and(
        inArray(ledgerPostings.kind, ['sale', 'refund']),
        inArray(ledgerAccounts.kind, SHARES),
        ofPaidOrders(scope, ledgerPostings.orderId),
        between(ledgerEntries.postingId, ...posted),
        isOfList(scope, orders.studioId),
        ofEvent(scope),
      ),
    )
    .groupBy(ledgerAccounts.id)
  return rows.map(({ total, ...row }) => ({ ...row, earned: -total }))
}

/**
 * Postings of the scope's orders. Those of a studio are found from its orders on: between their first and last id lie
 * the postings of all studios, and the policy that keeps these apart costs three looks for each.
 */
function ofListedOrders(scope: Scope) {
  const { orderId } = ledgerPostings
  if (scope.studioId === null) return between(orderId, ...scope.span)
  const listed = scope.db.select({ id: orders.id }).from(orders)
  return inArray(orderId, listed.where(and(ofPaidOrders(scope, orders.id), isOfList(scope, orders.studioId))))
}

/** Shares of one event's photos. Earlier entries name no event: their posting does. */
function ofEvent({ db, eventId }: Scope) {
  if (eventId === null) return undefined
  const named = or(
    eq(ledgerEntries.eventId, eventId),
    and(isNull(ledgerEntries.eventId), eq(ledgerPostings.eventId, eventId)),
  )
  const holdingIt = db.select({ id: orderEvents.orderId }).from(orderEvents).where(eq(orderEvents.eventId, eventId))
  return and(inArray(orders.id, holdingIt), named)
}

/** The events that earned most. */
async function topEvents(scope: Scope) {
  const gross = soldFor
  const rows = await scope.db
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
    .where(and(ofPaidOrders(scope, orderLines.orderId), linesOf(scope)))
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

/** One event's revenue. @throws Problem `not_found` for an event of others */
export const summarizeEvent = (ctx: CallerContext, eventId: string, range: DayRange): Promise<EventRevenue> =>
  manageBooksOf(ctx, eventId, async (staff, event) => {
    return {
      ...(await summaryOf(await scopeOf(staff, eventId, range))),
      event: { id: event.id, slug: event.slug, name: { th: event.nameTh, en: event.nameEn } },
    }
  })
