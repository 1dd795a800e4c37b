import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import type { photos } from '@pix/db/schema/photos.ts'
import { eq } from 'drizzle-orm'
import { addPaidOrder } from '../../../testing/paid-order.ts'
import { probe } from '../../../testing/faces.ts'
import type { TestApp } from '../../../testing/test-app.ts'

export const GUEST_EMAIL = 'guest@test.example'

/** A guest who bought and searched in one browser, and opened the order by its mailed code in another. */
export async function addGuest(t: TestApp, eventId: string, photo: typeof photos.$inferSelect) {
  const [there, here] = [await t.visitor(), await t.visitor()]
  await probe(t, there, eventId)
  const orderId = await addPaidOrder(t.db, there.sessionId, [photo])
  await t.db.update(orders).set({ email: GUEST_EMAIL }).where(eq(orders.id, orderId))
  const [id, at] = [t.deps.newId, t.deps.now()]
  const letter = { template: 'test_letter', locale: 'en', facts: {}, recipient: GUEST_EMAIL } as const
  await t.db.insert(outgoingMail).values({ id: id(), ...letter, dedupeKey: id(), sentAt: at, nextTryAt: null })
  const alert = { id: id(), eventId, email: GUEST_EMAIL, locale: 'en', linkHash: id(), askedAt: at, confirmedAt: at }
  await t.db.insert(eventAlerts).values(alert)
  const until = new Date(at.getTime() + 86_400_000)
  await t.db.insert(orderAccess).values({ orderId, sessionId: here.sessionId, grantedAt: at, until })
  return { orderId, headers: here.headers }
}
