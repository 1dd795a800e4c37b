import { baht } from '@pix/contracts/common.ts'
import { type PhotographerRevenue, REPORTED_MOST, type RevenueSummary } from '@pix/contracts/revenue.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { and, count, eq, exists, inArray, sql, type SQLWrapper } from 'drizzle-orm'
import { withinDays } from '../../base/bangkok-days.ts'
import { isOfList } from '../../people/studios/index.ts'
import { type Earning, linesOf, ofPaidOrders, type Scope } from './scope.ts'

/** SQL: the sum of a number that a line of an offer has. */
const summed = (name: 'quantity' | 'photos') => sql<number>`sum((line ->> ${name}::text)::bigint)`.mapWith(Number)

/** What was sold by each package, as the orders froze their offers. */
export async function soldPackages(scope: Scope): Promise<RevenueSummary['packages']> {
  const amount = sql<number>`sum((line -> 'amount' ->> 'amount')::bigint)`.mapWith(Number)
  const rows = await scope.db
    .select({
      kind: sql<RevenueSummary['packages'][number]['kind']>`line -> 'package' ->> 'kind'`,
      name: sql<{ th: string; en: string }>`line -> 'package' -> 'name'`,
      sold: summed('quantity'),
      photos: summed('photos'),
      amount,
    })
    .from(orders)
    .innerJoin(orderEvents, eq(orderEvents.orderId, orders.id))
    .crossJoin(sql`jsonb_array_elements(${orderEvents.offer} -> 'lines') as line`)
    .where(
      and(
        ofPaidOrders(scope, orderEvents.orderId),
        isOfList(scope, orders.studioId),
        scope.eventId === null ? undefined : eq(orderEvents.eventId, scope.eventId),
      ),
    )
    .groupBy(sql`1, 2`)
    .orderBy(sql`5 desc, 2`)
    .limit(REPORTED_MOST)
  return rows.map(row => ({ ...row, amount: baht(row.amount) }))
}

/** A photographer with what they sold and their share in satang. */
export interface Seller {
  photographerId: string
  photosSold: number
  share: number
}

/** Who sold photos, by their share, the greatest first. */
export async function rankSellers(scope: Scope, earned: readonly Earning[]): Promise<Seller[]> {
  const sold = await scope.db
    .select({ photographerId: orderLines.photographerId, photosSold: count() })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(ofPaidOrders(scope, orderLines.orderId), linesOf(scope), eq(orderLines.kind, 'photo')))
    .groupBy(orderLines.photographerId)
  const shares = new Map(
    earned.filter(({ kind }) => kind === 'photographer_payable').map(one => [one.ownerId, one.earned]),
  )
  return sold
    .flatMap(({ photographerId, photosSold }) =>
      photographerId === null ? [] : [{ photographerId, photosSold, share: shares.get(photographerId) ?? 0 }],
    )
    .toSorted((a, b) => b.share - a.share || (a.photographerId < b.photographerId ? -1 : 1))
}

/** Who earned most, with what they sold. */
export const photographersOf = async (
  scope: Scope,
  earned: readonly Earning[],
): Promise<RevenueSummary['photographers']> =>
  nameSellers(scope, (await rankSellers(scope, earned)).slice(0, REPORTED_MOST))

/** The same, with their names and their shares as money. */
export async function nameSellers(
  { db }: Pick<Scope, 'db'>,
  sellers: readonly Seller[],
): Promise<PhotographerRevenue[]> {
  if (sellers.length === 0) return []
  const ids = sellers.map(({ photographerId }) => photographerId)
  const named = await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids))
  const names = new Map(named.map(({ id, name }) => [id, name]))
  return sellers.map(one => ({ ...one, name: names.get(one.photographerId) ?? '', share: baht(one.share) }))
}

/** From visits to orders that were placed in the time and paid, whenever. */
export async function conversionOf(scope: Scope): Promise<RevenueSummary['conversion']> {
  const { db, eventId, range } = scope
  const ofEvent = db
    .select({ id: orderEvents.orderId })
    .from(orderEvents)
    .where(and(eq(orderEvents.orderId, orders.id), eventId === null ? undefined : eq(orderEvents.eventId, eventId)))
  const [found] = await db
    .select({ placed: count(), paid: count(orders.paidAt) })
    .from(orders)
    .where(
      and(
        withinDays(orders.createdAt, range),
        isOfList(scope, orders.studioId),
        eventId === null ? undefined : exists(ofEvent),
      ),
    )
  return { ...(await interestOf(scope)), placed: found?.placed ?? 0, paid: found?.paid ?? 0 }
}

const added = (counted: SQLWrapper) => sql<number>`coalesce(sum(${counted}), 0)`.mapWith(Number)

/** What was counted by the hour: hours of Bangkok's days are hours of UTC. */
async function interestOf(scope: Scope): Promise<Pick<RevenueSummary['conversion'], 'visits' | 'searches' | 'carts'>> {
  const { hour, visits, carts, found, nothingFound, failed } = eventHours
  const [counted] = await scope.db
    .select({
      visits: added(visits),
      searches: added(sql`${found} + ${nothingFound} + ${failed}`),
      carts: added(carts),
    })
    .from(eventHours)
    .innerJoin(events, eq(events.id, eventHours.eventId))
    .where(
      and(
        withinDays(hour, scope.range),
        isOfList(scope, events.studioId),
        scope.eventId === null ? undefined : eq(events.id, scope.eventId),
      ),
    )
  return counted!
}
