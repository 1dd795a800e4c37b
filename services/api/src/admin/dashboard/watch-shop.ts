import { EVENT_STATUSES } from '@pix/domain/words.ts'
import { events } from '@pix/db/schema/events.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { type Repeated, repeat } from '@pix/platform/repeat.ts'
import { count, gt, isNull, sql } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { eventsByStatus, ordersLastDay, photosByStatus, soldLastDay } from './metrics.ts'

const DAY_MS = 86_400_000
const ROUND_MS = 60_000

/**
 * Puts the business of the last 24 h into the metrics, as the database has it: the same from every api, and a restart
 * forgets none.
 */
export async function watchShop({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const since = new Date(now().getTime() - DAY_MS)
  const [paid] = await db
    .select({ orders: count(), satang: sql<number>`coalesce(sum(${orders.total}), 0)`.mapWith(Number) })
    .from(orders)
    .where(gt(orders.paidAt, since))
  const [placed] = await db
    .select({ orders: count(), paid: count(orders.paidAt) })
    .from(orders)
    .where(gt(orders.createdAt, since))
  const found = await db
    .select({
      status: events.status,
      events: count(),
      photos: sql<number>`sum(${events.photoCount})`.mapWith(Number),
    })
    .from(events)
    .where(isNull(events.removedAt))
    .groupBy(events.status)

  soldLastDay.set(paid!.satang)
  ordersLastDay.set({ what: 'placed' }, placed!.orders)
  ordersLastDay.set({ what: 'placed_and_paid' }, placed!.paid)
  ordersLastDay.set({ what: 'paid' }, paid!.orders)
  const byStatus = new Map(found.map(row => [row.status, row]))
  for (const status of EVENT_STATUSES) {
    eventsByStatus.set({ status }, byStatus.get(status)?.events ?? 0)
    photosByStatus.set({ status }, byStatus.get(status)?.photos ?? 0)
  }
}

/** Does that every minute. */
export const startWatchingShop = (deps: Deps): Repeated[] => [
  repeat(deps.log, 'watch_shop', ROUND_MS, () => watchShop(asSystem(deps))),
]
