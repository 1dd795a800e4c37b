import { baht } from '@pix/contracts/common.ts'
import { type Dashboard, DASHBOARD_DAYS, DASHBOARD_SPANS } from '@pix/contracts/dashboard.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { and, count, isNotNull, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { bangkokDayOf, withinDays } from '../../base/bangkok-days.ts'
import { isOfList, type ListContext } from '../../people/studios/index.ts'

const DAY_MS = 86_400_000

/** The first of so many days of which the last is today. */
const firstOf = ({ now }: Pick<ListContext, 'now'>, days: number): string =>
  bangkokDay(new Date(now().getTime() - (days - 1) * DAY_MS))

/** SQL: the midnight in Bangkok with which the day of an instant began. */
const dayBegan = (instant: PgColumn) => sql`date_bin('1 day', ${instant}, '2000-01-01T00:00:00+07:00')`

/**
 * SQL: the day of an instant, `2026-11-27`, in a query that groups by `dayBegan`: written as text once a group, which takes
 * a third of the time of text for each row.
 */
const dayOf = (instant: PgColumn) => bangkokDayOf(dayBegan(instant))

/** What was paid on each day, days without a sale among them. Refunded orders were paid, too. */
export async function readDays(list: ListContext): Promise<Dashboard['days']> {
  const [from, to] = [firstOf(list, DASHBOARD_DAYS), firstOf(list, 1)]
  const day = dayOf(orders.paidAt)
  const sold = await list.db
    .select({ day, gross: sql<number>`sum(${orders.total})`.mapWith(Number), orders: count() })
    .from(orders)
    .where(and(isNotNull(orders.paidAt), withinDays(orders.paidAt, { from, to }), isOfList(list, orders.studioId)))
    .groupBy(dayBegan(orders.paidAt))
  const byDay = new Map(sold.map(one => [one.day, one]))
  return Array.from({ length: DASHBOARD_DAYS }, (_, at) => {
    const name = firstOf(list, DASHBOARD_DAYS - at)
    const found = byDay.get(name)
    return { day: name, gross: baht(found?.gross ?? 0), orders: found?.orders ?? 0 }
  })
}

/** How many of the orders of each span were paid, in one pass over the longest span. */
export async function readConversion(list: ListContext): Promise<Dashboard['conversion']> {
  const longest = firstOf(list, Math.max(...DASHBOARD_SPANS))
  const rows = await list.db
    .select({
      day: dayOf(orders.createdAt),
      placed: count(),
      paid: count(orders.paidAt),
    })
    .from(orders)
    .where(and(withinDays(orders.createdAt, { from: longest }), isOfList(list, orders.studioId)))
    .groupBy(dayBegan(orders.createdAt))
  return DASHBOARD_SPANS.map(days => {
    const from = firstOf(list, days)
    const within = rows.filter(({ day }) => day >= from)
    const sum = (of: (row: (typeof rows)[number]) => number) => within.reduce((all, row) => all + of(row), 0)
    return { days, placed: sum(row => row.placed), paid: sum(row => row.paid) }
  })
}
