import type { Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderShares } from '@pix/db/schema/order-shares.ts'
import { orderArchives, orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { eq } from 'drizzle-orm'

const PRICE = 6_000
const DAY_MS = 86_400_000

/** An order of this session, of the studio of its photos, as payment leaves it, without the payment: rows only. @returns the order's id */
export async function addPaidOrder(
  db: Db,
  sessionId: string,
  photos: readonly { id: string; eventId: string; photographerId: string }[],
  feeBp = 0,
): Promise<string> {
  const [orderId, email] = [newId(), 'buyer@test.example']
  const [rule] = await db.select().from(splitRules)
  const [event] = await db.select().from(events).where(eq(events.id, photos[0]!.eventId))
  const { studioId, organizerId } = event!
  // The organizer, where the event has one, gets a part of the platform's half.
  const organizerBp = organizerId === null ? 0 : 2_000
  const parts = { platformBp: 5_000 - organizerBp, studioBp: 0, photographerBp: 5_000, organizerBp, organizerId, feeBp }
  const [from, until] = [new Date(), new Date(Date.now() + 30 * DAY_MS)]
  const eventIds = [...new Set(photos.map(photo => photo.eventId))]
  await db.transaction(async tx => {
    await tx.insert(orders).values({
      id: orderId,
      number: `PX-${orderId}`,
      studioId,
      sessionId,
      email,
      locale: 'en',
      status: 'fulfilled',
      total: PRICE * photos.length,
      expiresAt: from,
      paidAt: from,
      fulfilledAt: from,
    })
    for (const [position, eventId] of eventIds.entries()) {
      const count = photos.filter(photo => photo.eventId === eventId).length
      const offer = { lines: [], total: { amount: PRICE * count, currency: 'THB' as const }, photos: count }
      await tx.insert(orderEvents).values({ orderId, studioId, eventId, position, offer, splitRuleId: rule!.id })
      await tx.insert(orderArchives).values({ id: newId(), orderId, eventId })
    }
    for (const [position, { id: photoId, eventId, photographerId }] of photos.entries()) {
      const lineId = newId()
      const of = { orderId, eventId, photoId, photographerId }
      await tx.insert(orderLines).values({ id: lineId, kind: 'photo', ...of, unitPrice: PRICE, position })
      await tx
        .insert(orderShares)
        .values({ orderId, eventId, photographerId, ...parts, splitRuleId: rule!.id })
        .onConflictDoNothing()
      await tx.insert(boughtPreviews).values({ photoId, state: 'ready', queuedAt: from }).onConflictDoNothing()
      await tx.insert(entitlements).values({ id: newId(), orderId, sessionId, email, photoId, lineId, from, until })
    }
  })
  return orderId
}
