import { expect, test } from 'vitest'
import { HOUSE_STUDIO } from './house-studio.ts'
import { newId } from './ids.ts'
import { sessions, users } from './schema/auth.ts'
import { cartChoices, cartItems, carts } from './schema/cart.ts'
import { events } from './schema/events.ts'
import { orderEvents, orderLines, orders } from './schema/orders.ts'
import { photos } from './schema/photos.ts'
import { packages } from './schema/pricing.ts'
import { splitRules } from './schema/split-rules.ts'
import { studios } from './schema/studios.ts'
import { testDb } from './testing.ts'

const AT = new Date('2026-11-01T00:00:00Z')

/** @returns `kept`, or the constraint that refuses */
const answer = (work: PromiseLike<unknown>) =>
  Promise.resolve(work).then(
    () => 'kept',
    (error: Error) => (error.cause as { constraint?: string }).constraint,
  )

/** The house studio and another, each with an event and a photo of it, and a buyer. */
async function scene() {
  const t = await testDb()
  const [sessionId, userId, otherStudio] = [newId(), newId(), newId()]
  await t.db.insert(studios).values({ id: otherStudio, slug: 'other', nameTh: '-', nameEn: '-' })
  await t.db.insert(sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: new Date('2030-01-01') })
  const person = { email: 'p@test.example', name: 'P', role: 'user' as const, passwordHash: '-' }
  await t.db.insert(users).values({ id: userId, ...person })
  const of = async (studioId: string) => {
    const [eventId, photoId] = [newId(), newId()]
    const names = { slug: eventId, nameTh: '-', nameEn: '-', venue: '-', province: '-', category: 'run' as const }
    await t.db.insert(events).values({ id: eventId, studioId, ...names, startsAt: AT, endsAt: AT })
    const file = { fileName: 'a.jpg', sha256: photoId.replaceAll('-', '').repeat(2), bytes: 1, format: 'jpg' }
    await t.db.insert(photos).values({ id: photoId, eventId, photographerId: userId, ...file })
    return { studioId, eventId, photoId }
  }
  const [house, other] = [await of(HOUSE_STUDIO), await of(otherStudio)]
  return Object.assign(t, { sessionId, userId, house, other })
}

test("a package or a split rule of an event is of its event's studio, and may not leave the studio out", async () => {
  await using t = await scene()
  const { house, other } = t
  const offer = { kind: 'unlimited' as const, nameTh: '-', nameEn: '-', price: 1 }
  const add = (of: { studioId?: string; eventId?: string }) =>
    answer(t.db.insert(packages).values({ id: newId(), ...of, ...offer }))
  expect(await add({ studioId: other.studioId, eventId: house.eventId })).toBe('packages_event_of_studio')
  expect(await add({ eventId: house.eventId })).toBe('packages_scope')
  for (const of of [house, { studioId: other.studioId }, {}])
    expect(await add({ ...of, photoId: undefined } as object)).toBe('kept')

  const shares = { version: 1, startsAt: AT, platformBp: 10_000, photographerBp: 0, organizerBp: 0 }
  const rule = (of: { studioId?: string; eventId?: string }) =>
    answer(t.db.insert(splitRules).values({ id: newId(), ...of, ...shares }))
  expect(await rule({ studioId: other.studioId, eventId: house.eventId })).toBe('split_rules_event_of_studio')
  expect(await rule({ eventId: house.eventId })).toBe('split_rules_scope')
  expect(await rule({ studioId: other.studioId })).toBe('kept')
})

test('a cart holds photos of its own studio alone, each with its own event, and a buyer has one cart of a studio', async () => {
  await using t = await scene()
  const { house, other, sessionId } = t
  const cart = { id: newId(), sessionId, studioId: HOUSE_STUDIO }
  await t.db.insert(carts).values(cart)
  expect(await answer(t.db.insert(carts).values({ ...cart, id: newId() }))).toBe('carts_owner')
  const put = (of: { studioId: string; eventId: string; photoId: string }) =>
    answer(t.db.insert(cartItems).values({ id: newId(), cartId: cart.id, ...of }))
  expect(await put(other)).toBe('cart_items_cart_of_studio')
  expect(await put({ ...other, studioId: HOUSE_STUDIO })).toBe('cart_items_event_of_studio')
  expect(await put({ ...house, photoId: other.photoId })).toBe('cart_items_photo_of_event')
  expect(await put(house)).toBe('kept')
  const choice = newId()
  const offer = { kind: 'unlimited' as const, nameTh: '-', nameEn: '-', price: 1 }
  await t.db.insert(packages).values({ id: choice, ...offer })
  const choose = ({ studioId, eventId }: typeof house) =>
    answer(t.db.insert(cartChoices).values({ cartId: cart.id, studioId, eventId, choice }))
  expect(await choose(other)).toBe('cart_choices_cart_of_studio')
  expect(await choose({ ...other, studioId: HOUSE_STUDIO })).toBe('cart_choices_event_of_studio')
  expect(await choose(house)).toBe('kept')
})

test("an order's events and lines are all of its studio", async () => {
  await using t = await scene()
  const { house, other, sessionId, userId } = t
  const [rule] = await t.db.select().from(splitRules)
  const offer = { lines: [], total: { amount: 1, currency: 'THB' as const }, photos: 1 }
  const place = (event: { studioId: string; eventId: string }, photoId: string) =>
    answer(
      t.db.transaction(async tx => {
        const orderId = newId()
        const paid = { status: 'paid' as const, paidAt: AT, total: 1, expiresAt: AT, email: '-', locale: 'th' }
        await tx.insert(orders).values({ id: orderId, number: orderId, studioId: HOUSE_STUDIO, sessionId, ...paid })
        const of = { studioId: event.studioId, eventId: event.eventId }
        await tx.insert(orderEvents).values({ orderId, ...of, position: 0, offer, splitRuleId: rule!.id })
        const sold = { kind: 'photo' as const, photoId, photographerId: userId, unitPrice: 1, position: 0 }
        await tx.insert(orderLines).values({ id: newId(), orderId, eventId: event.eventId, ...sold })
      }),
    )
  expect(await place(other, other.photoId)).toBe('order_events_order_of_studio')
  expect(await place({ ...other, studioId: HOUSE_STUDIO }, other.photoId)).toBe('order_events_event_of_studio')
  expect(await place(house, other.photoId)).toBe('order_lines_photo_of_event')
  expect(await place(house, house.photoId)).toBe('kept')
})
