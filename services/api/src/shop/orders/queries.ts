import { baht } from '@pix/contracts/common.ts'
import type { Order } from '@pix/contracts/orders.ts'
import type { Queryable } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderItems, orders } from '@pix/db/schema/orders.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { notFound } from '../../base/problem.ts'
import type { Settings } from '../../settings.ts'
import { keptMoney } from './kept-money.ts'

const LISTED = 100

interface Reading {
  db: Queryable
  settings: Pick<Settings, 'SUPPORT_CONTACT'>
}

/** One order of this session; anybody else's does not exist. */
export async function findOrder(reading: Reading, sessionId: string, orderId: string): Promise<Order> {
  const [order] = await readOrders(reading, and(eq(orders.sessionId, sessionId), eq(orders.id, orderId)))
  if (!order) throw notFound()
  return order
}

/** This session's orders, newest first. */
export const listOrders = (reading: Reading, sessionId: string): Promise<Order[]> =>
  readOrders(reading, eq(orders.sessionId, sessionId))

async function readOrders({ db, settings }: Reading, where: ReturnType<typeof and>): Promise<Order[]> {
  const rows = await db
    .select({ order: orders, slug: events.slug, nameTh: events.nameTh, nameEn: events.nameEn })
    .from(orders)
    .innerJoin(events, eq(events.id, orders.eventId))
    .where(where)
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(LISTED)
  if (rows.length === 0) return []
  const ids = rows.map(({ order }) => order.id)
  const tiles = await db
    .select({ orderId: orderItems.orderId, ...tileColumns })
    .from(orderItems)
    .innerJoin(photos, eq(photos.id, orderItems.photoId))
    .where(inArray(orderItems.orderId, ids))
    .orderBy(asc(orderItems.position))
  const attempts = await currentPayments(db, ids)
  const kept = await keptMoney(db, settings, inArray(payments.orderId, ids))

  return rows.map(({ order, slug, nameTh, nameEn }) => ({
    id: order.id,
    number: order.number,
    status: order.status,
    event: { id: order.eventId, slug, name: { th: nameTh, en: nameEn } },
    email: order.email,
    offer: order.offer,
    total: baht(order.total),
    photos: tiles.filter(tile => tile.orderId === order.id).map(toTile),
    createdAt: order.createdAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    paymentId: attempts.get(order.id) ?? null,
    keptMoney: kept.get(order.id) ?? null,
  }))
}

/** By order: the attempt that was paid, else the latest that did not fail. */
async function currentPayments(db: Queryable, orderIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectDistinctOn([payments.orderId], { orderId: payments.orderId, id: payments.id })
    .from(payments)
    .where(and(inArray(payments.orderId, [...orderIds]), ne(payments.state, 'failed')))
    .orderBy(payments.orderId, desc(sql`${payments.state} = 'completed'`), desc(payments.attempt))
  return new Map(rows.map(row => [row.orderId, row.id]))
}
