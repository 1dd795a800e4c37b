import { baht, type PageQuery } from '@pix/contracts/common.ts'
import type { Order, OrderEvent } from '@pix/contracts/orders.ts'
import type { Queryable } from '@pix/db/client.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { coupons } from '@pix/db/schema/coupons.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, asc, desc, eq, inArray, lt, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { boughtBy } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { notFound } from '../../base/problem.ts'
import { tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { mailState } from './mail-state.ts'

/** An order without what came for it and without its documents: those are known to features to the right. */
export type BareOrder = Omit<Order, 'paymentId' | 'keptMoney' | 'takesTransfers' | 'document'>

/** One order of this buyer; anybody else's does not exist. */
export async function findOrder(ctx: BuyerContext, orderId: string): Promise<BareOrder> {
  const [order] = await readOrders(ctx, eq(orders.id, orderId), 1)
  if (!order) throw notFound()
  return order
}

/** SQL: orders of this buyer. */
export const ownOrders = ({ buyer, now }: BuyerContext): SQL =>
  boughtBy(buyer, now(), {
    sessionId: orders.sessionId,
    email: orders.buyerEmail,
    orderId: orders.id,
    paidAt: orders.paidAt,
  })

/** This buyer's orders, newest first. */
export async function listOrders(
  ctx: BuyerContext,
  { limit, cursor }: z.output<typeof PageQuery>,
): Promise<{ items: BareOrder[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
  const rest = after
    ? or(lt(orders.createdAt, after.at), and(eq(orders.createdAt, after.at), lt(orders.id, after.id)))
    : undefined
  const found = await readOrders(ctx, rest, limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const nextCursor = found.length > limit && last ? encodeCursor([Date.parse(last.createdAt), last.id]) : null
  return { items, nextCursor }
}

async function readOrders(ctx: BuyerContext, which: SQL | undefined, most: number): Promise<BareOrder[]> {
  const { db, buyer } = ctx
  const rows = await db
    .select({ order: orders, sentAt: outgoingMail.sentAt, givenUp: outgoingMail.givenUp })
    .from(orders)
    .leftJoin(outgoingMail, eq(outgoingMail.id, orders.letterId))
    .where(and(ownOrders(ctx), which))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(most)
  if (rows.length === 0) return []
  const sold = await soldEvents(
    db,
    rows.map(({ order }) => order.id),
  )
  const used = await usedCoupons(
    db,
    rows.map(({ order }) => order.id),
  )
  return rows.map(({ order, ...letter }) => ({
    id: order.id,
    number: order.number,
    status: order.status,
    email: order.email,
    mayCorrectEmail: order.sessionId === buyer.sessionId && order.downloadedElsewhereAt === null,
    mail: order.letterId === null ? null : mailState(letter),
    events: sold.get(order.id) ?? [],
    coupon: used.get(order.id) ?? null,
    total: baht(order.total),
    createdAt: order.createdAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
  }))
}

/** By order: its coupon, and what it took off. */
export async function usedCoupons(db: Queryable, orderIds: readonly string[]): Promise<Map<string, Order['coupon']>> {
  const rows = await db
    .select({ orderId: orderLines.orderId, code: coupons.code, amount: orderLines.unitPrice })
    .from(orderLines)
    .innerJoin(coupons, eq(coupons.id, orderLines.couponId))
    .where(inArray(orderLines.orderId, [...orderIds]))
  return new Map(rows.map(({ orderId, code, amount }) => [orderId, { code, off: baht(-amount) }]))
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
