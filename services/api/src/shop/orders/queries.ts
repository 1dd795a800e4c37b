import { baht } from '@pix/contracts/common.ts'
import type { Order, OrderEvent } from '@pix/contracts/orders.ts'
import type { Queryable } from '@pix/db/client.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, asc, desc, eq, inArray, type SQL } from 'drizzle-orm'
import { ownedBy } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { tileColumns, toTile } from '../../catalogue/photos/index.ts'

const LISTED = 100

/** An order less what came for it, which is known above. */
export type BareOrder = Omit<Order, 'paymentId' | 'keptMoney'>

/** One order of this buyer; anybody else's does not exist. */
export async function findOrder(ctx: BuyerContext, orderId: string): Promise<BareOrder> {
  const [order] = await readOrders(ctx, eq(orders.id, orderId))
  if (!order) throw notFound()
  return order
}

/** This buyer's orders, newest first. */
export const listOrders = (ctx: BuyerContext): Promise<BareOrder[]> => readOrders(ctx)

async function readOrders({ db, buyer }: BuyerContext, which?: SQL): Promise<BareOrder[]> {
  const rows = await db
    .select()
    .from(orders)
    .where(and(ownedBy(buyer, orders), which))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(LISTED)
  if (rows.length === 0) return []
  const sold = await soldEvents(
    db,
    rows.map(order => order.id),
  )
  return rows.map(order => ({
    id: order.id,
    number: order.number,
    status: order.status,
    email: order.email,
    events: sold.get(order.id) ?? [],
    total: baht(order.total),
    createdAt: order.createdAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
  }))
}

/** By order: its events as they were sold, each with its photos. */
async function soldEvents(db: Queryable, orderIds: readonly string[]): Promise<Map<string, OrderEvent[]>> {
  const sold = await db
    .select({ row: orderEvents, slug: events.slug, nameTh: events.nameTh, nameEn: events.nameEn })
    .from(orderEvents)
    .innerJoin(events, eq(events.id, orderEvents.eventId))
    .where(inArray(orderEvents.orderId, [...orderIds]))
    .orderBy(asc(orderEvents.position))
  const tiles = await db
    .select({ orderId: orderLines.orderId, entitlementId: entitlements.id, ...tileColumns })
    .from(orderLines)
    .innerJoin(photos, eq(photos.id, orderLines.photoId))
    .leftJoin(entitlements, and(eq(entitlements.lineId, orderLines.id), isBought()))
    .where(and(inArray(orderLines.orderId, [...orderIds]), eq(orderLines.kind, 'photo')))
    .orderBy(asc(orderLines.position))
  const found = new Map<string, OrderEvent[]>()
  for (const { row, slug, nameTh, nameEn } of sold) {
    const { orderId, eventId, offer } = row
    const own = tiles
      .filter(tile => tile.orderId === orderId && tile.eventId === eventId)
      .map(tile => ({ ...toTile(tile), bought: tile.entitlementId !== null }))
    const event = { id: eventId, slug, name: { th: nameTh, en: nameEn } }
    found.set(orderId, [...(found.get(orderId) ?? []), { event, offer, photos: own }])
  }
  return found
}
