import { events } from '@pix/db/schema/events.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { eq } from 'drizzle-orm'
import type { Gauge } from 'prom-client'
import { expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { testApp } from '../../testing/test-app.ts'
import { eventsByStatus, ordersLastDay, photosByStatus, soldLastDay } from './metrics.ts'
import { watchShop } from './watch-shop.ts'

const HOUR_MS = 3_600_000
const valuesOf = async (gauge: Gauge, label: string) =>
  Object.fromEntries((await gauge.get()).values.map(({ labels, value }) => [labels[label], value]))

test('what is measured of the business are the paid orders of the last 24 hours, and the events and photos there are', async () => {
  await using t = await testApp()
  await watchShop(t.deps)
  expect((await soldLastDay.get()).values[0]?.value).toBe(0)
  expect(await valuesOf(ordersLastDay, 'what')).toEqual({ placed: 0, placed_and_paid: 0, paid: 0 })

  const photographer = await t.user('photographer')
  const { sessionId } = await t.visitor()
  const event = await t.event({ status: 'on_sale' })
  const gone = await t.event({ status: 'on_sale' })
  await t.db.update(events).set({ removedAt: t.deps.now() }).where(eq(events.id, gone.id))
  const sell = async (placedHoursAgo: number, paidHoursAgo: number) => {
    const id = await addPaidOrder(t.db, sessionId, [await t.photo(event.id, photographer.id)])
    const ago = (hours: number) => new Date(t.deps.now().getTime() - hours * HOUR_MS)
    await t.db
      .update(orders)
      .set({ createdAt: ago(placedHoursAgo), paidAt: ago(paidHoursAgo) })
      .where(eq(orders.id, id))
    return id
  }
  await sell(2, 1)
  await sell(30, 23)
  await sell(49, 25)
  const unpaid = await sell(1, 1)
  await t.db.update(orders).set({ status: 'expired', paidAt: null }).where(eq(orders.id, unpaid))

  await watchShop(t.deps)
  expect((await soldLastDay.get()).values[0]?.value).toBe(12_000)
  expect(await valuesOf(ordersLastDay, 'what')).toEqual({ placed: 2, placed_and_paid: 1, paid: 2 })
  expect(await valuesOf(eventsByStatus, 'status')).toMatchObject({ on_sale: 1, archived: 0 })
  expect(await valuesOf(photosByStatus, 'status')).toMatchObject({ on_sale: 4, archived: 0 })
})
