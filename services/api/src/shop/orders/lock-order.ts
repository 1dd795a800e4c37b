import type { Tx } from '@pix/db/client.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { netPrice, orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { BuyerContext, Context } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { lockCart } from '../cart/index.ts'
import { ownOrders } from './queries.ts'

/** A photo that an order sells. */
export interface PhotoLine {
  id: string
  eventId: string
  photoId: string
  photographerId: string
  /** Satang that it costs in the end, after any coupon: what its parties share and a refund gives back. */
  netPrice: number
}

export type LockedOrder = typeof orders.$inferSelect & {
  events: { eventId: string; splitRuleId: string }[]
  /** Its lines of kind `photo`. */
  lines: PhotoLine[]
  photoIds: string[]
  couponId: string | null
}

/**
 * An order with its events and photos, locked until the transaction ends. Everybody who changes orders locks in one
 * order, so that nobody waits in a circle: payment, then the buyer's cart of its studio, then the order, then what came or
 * goes back for it: receipts, refunds, slips.
 */
export async function lockOrder(ctx: Pick<Context, 'newId'>, tx: Tx, orderId: string): Promise<LockedOrder | null> {
  const [owner] = await tx
    .select({
      sessionId: orders.sessionId,
      // The user who has signed in since, else the one who was signed in then: the cart is theirs.
      userId: sql<string | null>`coalesce(${sessions.userId}, ${orders.userId})`,
      studioId: orders.studioId,
      forgottenAt: orders.forgottenAt,
    })
    .from(orders)
    .innerJoin(sessions, eq(sessions.id, orders.sessionId))
    .where(eq(orders.id, orderId))
  if (!owner) return null
  // Its buyer asked for deletion: locking would make a cart for whom nothing is kept.
  if (owner.forgottenAt === null) await lockCart(ctx, tx, owner, owner.studioId)
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
  if (!order) return null
  const events = await tx
    .select({ eventId: orderEvents.eventId, splitRuleId: orderEvents.splitRuleId })
    .from(orderEvents)
    .where(eq(orderEvents.orderId, orderId))
    .orderBy(asc(orderEvents.position))
  const lines = await photoLines(tx, orderId)
  const [coupon] = await tx
    .select({ couponId: orderLines.couponId })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, orderId), eq(orderLines.kind, 'coupon')))
  return {
    ...order,
    userId: owner.userId,
    events,
    lines,
    photoIds: lines.map(line => line.photoId),
    couponId: coupon?.couponId ?? null,
  }
}

/**
 * The same of an order of this buyer.
 *
 * @throws Problem `not_found` for anybody else's
 */
export async function lockOwnOrder(ctx: BuyerContext, tx: Tx, orderId: string): Promise<LockedOrder> {
  const order = await lockOrder(ctx, tx, orderId)
  const own = and(eq(orders.id, orderId), ownOrders(ctx))
  if (!order || (await tx.$count(orders, own)) === 0) throw notFound()
  return order
}

/** The database holds that a photo's line names photo, photographer and event. */
async function photoLines(tx: Tx, orderId: string): Promise<PhotoLine[]> {
  const rows = await tx
    .select({
      id: orderLines.id,
      eventId: orderLines.eventId,
      photoId: orderLines.photoId,
      photographerId: orderLines.photographerId,
      netPrice: netPrice(orderLines),
    })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, orderId), eq(orderLines.kind, 'photo')))
    .orderBy(asc(orderLines.position))
  return rows.map(({ eventId, photoId, photographerId, ...line }) => ({
    ...line,
    eventId: eventId!,
    photoId: photoId!,
    photographerId: photographerId!,
  }))
}
