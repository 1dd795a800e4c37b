import { events } from '@pix/db/schema/events.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { and, count, eq, sql } from 'drizzle-orm'
import { withinDays } from '../../base/bangkok-days.ts'
import { countByKind } from '../../care/inbox/index.ts'
import { sumSalesTax } from '../../money/documents/index.ts'
import { sumPaid } from '../../money/payouts/index.ts'
import { readRevenue } from '../../money/revenue/index.ts'
import { isOfList, type Listed } from '../../people/studios/index.ts'
import { readSearchQuality } from '../../shop/statistics/index.ts'
import { readPhotoCounts } from '../dashboard/index.ts'
import { measureService } from '../status/index.ts'
import type { ReportSpan } from './report-span.ts'

export type Report = Awaited<ReturnType<typeof readReport>>

/** What happened in the days of a report, by the functions of the screens, and what waits now. */
export async function readReport(list: Listed, { period, from, to }: ReportSpan) {
  const range = { from, to }
  const photosNow = await readPhotoCounts(list)
  return {
    revenue: await readRevenue(list, range),
    search: await readSearchQuality(list, { range }),
    givenBack: await sumTransferred(list, range),
    photosIn: await countPhotosIn(list, range),
    waiting: photosNow.waiting,
    needs: await countNeeds(list, photosNow),
    money: period === 'monthly' ? await readMoney(list, range) : null,
    // The machines are the platform's, and serve all studios alike.
    service: period === 'weekly' && list.studioId === null ? await measureService(list, range) : null,
  }
}

/** Whether anything happened in these days. A studio in which nothing did gets no report. */
export const isQuiet = ({ revenue, search, givenBack, photosIn, money }: Report): boolean =>
  revenue.orders === 0 &&
  revenue.conversion.placed === 0 &&
  search.found + search.nothingFound + search.failed === 0 &&
  givenBack === 0 &&
  (money === null || (money.paidOut === 0 && money.salesTax === 0)) &&
  photosIn === 0

type Range = Pick<ReportSpan, 'from' | 'to'>

/** What the books of a month need besides its sales. */
async function readMoney(list: Listed, range: Range) {
  const { net, withheld } = await sumPaid(list, range)
  return { paidOut: net, withheld, salesTax: await sumSalesTax(list, range.from.slice(0, 7)) }
}

/** Satang that were transferred back to buyers in these days, whenever they had paid. */
async function sumTransferred(list: Listed, range: Range): Promise<number> {
  const [found] = await list.db
    .select({ amount: sql<number>`coalesce(sum(${refunds.amount}), 0)`.mapWith(Number) })
    .from(refunds)
    .leftJoin(orders, eq(orders.id, refunds.orderId))
    .where(and(withinDays(refunds.transferredAt, range), isOfList(list, orders.studioId)))
  return found!.amount
}

async function countPhotosIn(list: Listed, range: Range): Promise<number> {
  const [found] = await list.db
    .select({ photos: count() })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(withinDays(photos.createdAt, range), isOfList(list, events.studioId)))
  return found!.photos
}

/** What the dashboard shows as waiting for a person: the inbox is the whole installation's, failed photos are the studio's. */
async function countNeeds(
  list: Listed,
  { waiting, failed }: Awaited<ReturnType<typeof readPhotoCounts>>,
): Promise<number> {
  if (list.studioId !== null) return waiting + failed
  const inbox = await countByKind(list)
  return inbox.reduce((all, kind) => all + kind.count, waiting)
}
