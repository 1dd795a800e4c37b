import type { EventStatistics, Steps } from '@pix/contracts/statistics.ts'
import { users } from '@pix/db/schema/auth.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { and, asc, count, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { lookAfterCrew } from '../../catalogue/events/index.ts'
import { readSearchQuality } from './read-search-quality.ts'
import { type HourOfEvent, sumHours } from './sum-hours.ts'

/** How an event does, in numbers. @throws Problem `not_found` unless the caller manages or organizes it */
export const readStatistics = (ctx: CallerContext, eventId: string): Promise<EventStatistics> =>
  lookAfterCrew(ctx, eventId, async staff => {
    const photographers = await readPhotographers(staff, eventId)
    return {
      ...sumHours(await readHours(staff, eventId)),
      photos: {
        onSale: sum(photographers, ({ onSale }) => onSale),
        sold: sum(photographers, ({ sold }) => sold),
      },
      photographers,
      search: await readSearchQuality(staff, { eventId }),
    }
  })

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((all, row) => all + of(row), 0)

/** What was kept of each hour, and the orders that were paid in it. */
async function readHours({ db }: StaffContext, eventId: string): Promise<HourOfEvent[]> {
  const kept = await db.select().from(eventHours).where(eq(eventHours.eventId, eventId))
  const hour = sql<Date>`date_trunc('hour', ${orders.paidAt}, 'UTC')`.mapWith(orders.paidAt)
  const paid = await db
    .select({ at: hour, paid: count() })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderEvents.orderId))
    .where(and(eq(orderEvents.eventId, eventId), isNotNull(orders.paidAt)))
    .groupBy(sql`1`)
  const none: Omit<Steps, 'paid'> = { visits: 0, searches: 0, carts: 0 }
  return [
    ...kept.map(({ hour: at, visits, carts, found, nothingFound, failed }) => ({
      at,
      steps: { visits, searches: found + nothingFound + failed, carts, paid: 0 },
    })),
    ...paid.map(row => ({ at: row.at, steps: { ...none, paid: row.paid } })),
  ]
}

/** Photos on sale by who took them; a photo is sold once an order with it was paid. */
function readPhotographers({ db }: StaffContext, eventId: string): Promise<EventStatistics['photographers']> {
  const isSold = sql`exists (
    select from ${orderLines} join ${orders} on ${orders.id} = ${orderLines.orderId}
    where ${orderLines.photoId} = ${photos.id} and ${orderLines.kind} = 'photo' and ${orders.paidAt} is not null)`
  return db
    .select({
      id: users.id,
      name: users.name,
      onSale: count(),
      sold: sql<number>`count(*) filter (where ${isSold})`.mapWith(Number),
    })
    .from(photos)
    .innerJoin(users, eq(users.id, photos.photographerId))
    .where(and(eq(photos.eventId, eventId), eq(photos.approval, 'approved')))
    .groupBy(users.id)
    .orderBy(desc(count()), asc(users.id))
}
