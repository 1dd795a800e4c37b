import type { Tx } from '@pix/db/client.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { lockCart } from '../cart/index.ts'

/** A photo that an order sells. */
export interface PhotoLine {
  id: string
  eventId: string
  photoId: string
  photographerId: string
  /** Satang. */
  unitPrice: number
}

export type LockedOrder = typeof orders.$inferSelect & {
  events: { eventId: string; splitRuleId: string }[]
  /** Its lines of kind `photo`. */
  lines: PhotoLine[]
  photoIds: string[]
}

/**
 * An order with its events and photos, locked until the transaction ends. Everybody who changes orders locks in one
 * order, so that nobody waits in a circle: payment, then the buyer's cart of its studio, then the order.
 */
export async function lockOrder(tx: Tx, ctx: Pick<Context, 'newId'>, orderId: string): Promise<LockedOrder | null> {
  const [found] = await tx
    .select({ sessionId: orders.sessionId, studioId: orders.studioId })
    .from(orders)
    .where(eq(orders.id, orderId))
  if (!found) return null
  await lockCart(tx, ctx, found, found.studioId)
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
  if (!order) return null
  const events = await tx
    .select({ eventId: orderEvents.eventId, splitRuleId: orderEvents.splitRuleId })
    .from(orderEvents)
    .where(eq(orderEvents.orderId, orderId))
    .orderBy(asc(orderEvents.position))
  const lines = await photoLines(tx, orderId)
  return { ...order, events, lines, photoIds: lines.map(line => line.photoId) }
}

/** The database holds that a photo's line names photo, photographer and event. */
async function photoLines(tx: Tx, orderId: string): Promise<PhotoLine[]> {
  const rows = await tx
    .select()
    .from(orderLines)
    .where(and(eq(orderLines.orderId, orderId), eq(orderLines.kind, 'photo')))
    .orderBy(asc(orderLines.position))
  return rows.map(({ id, eventId, photoId, photographerId, unitPrice }) => ({
    id,
    eventId: eventId!,
    photoId: photoId!,
    photographerId: photographerId!,
    unitPrice,
  }))
}
