import { CART_MOST, type Carts } from '@pix/contracts/cart.ts'
import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp, type TestApp } from '../../testing/test-app.ts'

type Visitor = Awaited<ReturnType<TestApp['visitor']>>

async function shop() {
  const t = await testApp()
  const event = await t.event()
  const photographer = await t.user('photographer')
  const photoIds: string[] = []
  for (let i = 0; i < 4; i += 1) photoIds.push((await t.photo(event.id, photographer.id)).id)
  const customer = await t.user('customer')
  const send = async (who: Visitor, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const answer = await t.app.inject({ method, url, headers: who.headers, ...(payload && { payload }) })
    expect([url, answer.statusCode]).toEqual([url, 200])
    return answer.json<Carts>()
  }
  const put = (who: Visitor, ids: readonly string[]) => send(who, 'POST', '/api/cart/items', { photoIds: ids })
  const cart = (who: Visitor) => send(who, 'GET', '/api/cart')
  return Object.assign(t, { eventId: event.id, photoIds, customer, send, put, cart })
}

const partsOf = ({ items }: Carts) => items.flatMap(cart => cart.events)
const idsOf = (carts: Carts) =>
  partsOf(carts)
    .flatMap(part => part.items.map(item => item.photo.id))
    .toSorted()

test('what a guest gathered is in the account’s cart after a sign-in, each photo once, and a second device sees the same', async () => {
  await using t = await shop()
  const [a, b, c] = t.photoIds as [string, string, string]
  const laptop = await t.visitor(t.customer)
  await t.put(laptop, [a, b])
  const phone = await t.visitor()
  await t.put(phone, [b, c])
  await t.signIn(phone.sessionId, t.customer.id)

  expect(idsOf(await t.cart(phone))).toEqual([a, b, c].toSorted())
  expect(idsOf(await t.cart(laptop))).toEqual([a, b, c].toSorted())
  expect(await t.db.select().from(carts)).toMatchObject([{ userId: t.customer.id, sessionId: null }])
  await t.send(laptop, 'POST', '/api/cart/clear', {})
  expect(idsOf(await t.cart(phone))).toEqual([])
})

test('many first looks at once merge once, and lose nothing', async () => {
  await using t = await shop()
  const [a, b, c] = t.photoIds as [string, string, string]
  await t.put(await t.visitor(t.customer), [a])
  const phones = [await t.visitor(), await t.visitor()] as const
  await t.put(phones[0], [a, b])
  await t.put(phones[1], [b, c])
  for (const phone of phones) await t.signIn(phone.sessionId, t.customer.id)
  const looks = Array.from({ length: 12 }, (_, i) => t.cart(phones[i % 2]!))
  await Promise.all(looks)

  expect(idsOf(await t.cart(phones[0]))).toEqual([a, b, c].toSorted())
  expect(await t.db.$count(carts)).toBe(1)
})

test('a photo put in before the first look joins what the guest had gathered', async () => {
  await using t = await shop()
  const [a, b] = t.photoIds as [string, string]
  const phone = await t.visitor()
  await t.put(phone, [a])
  await t.signIn(phone.sessionId, t.customer.id)
  expect(idsOf(await t.put(phone, [b]))).toEqual([a, b].toSorted())
})

test('of two choices of package for an event the one of the cart changed last stays', async () => {
  await using t = await shop()
  const [a, b] = t.photoIds as [string, string]
  const offered = await t.db.select().from(packages)
  const [single, bundle] = ['single', 'bundle'].map(kind => offered.find(one => one.kind === kind)!.id)
  const choose = (who: Visitor, choice: string) =>
    t.send(who, 'PUT', '/api/cart/package', { eventId: t.eventId, choice })
  const laptop = await t.visitor(t.customer)
  await t.put(laptop, [a])
  await choose(laptop, single!)
  t.forward(60_000)
  const phone = await t.visitor()
  await t.put(phone, [b])
  await choose(phone, bundle!)
  await t.signIn(phone.sessionId, t.customer.id)
  expect(partsOf(await t.cart(phone))[0]!.choice).toBe(bundle)

  t.forward(60_000)
  const late = await t.visitor()
  await t.put(late, [b])
  await choose(late, single!)
  t.forward(60_000)
  await choose(phone, bundle!)
  await t.signIn(late.sessionId, t.customer.id)
  expect(partsOf(await t.cart(late))[0]!.choice).toBe(bundle)
})

test('a guest’s cart stays the guest’s, and a sign-out leaves the account’s cart to the account', async () => {
  await using t = await shop()
  const [a, b] = t.photoIds as [string, string]
  const laptop = await t.visitor(t.customer)
  await t.put(laptop, [a])
  const guest = await t.visitor()
  await t.put(guest, [b])
  expect(idsOf(await t.cart(laptop))).toEqual([a])
  expect(idsOf(await t.cart(guest))).toEqual([b])
  await t.app.inject({ method: 'POST', url: '/api/auth/logout', headers: laptop.headers })
  expect(idsOf(await t.cart(laptop))).toEqual([])
  expect(idsOf(await t.cart(await t.visitor(t.customer)))).toEqual([a])
})

test('a sign-in fills the account’s cart up to 500 photos; the others wait, are counted in the answer, and come in once there is room', async () => {
  await using t = await shop()
  const [like] = await t.db.select().from(photos).where(eq(photos.id, t.photoIds[0]!))
  const rows = Array.from({ length: CART_MOST - 1 }, (_, at) => ({
    ...like!,
    id: t.deps.newId(),
    sha256: `${at}`.padStart(64, '0'),
  }))
  await t.db.insert(photos).values(rows)
  const laptop = await t.visitor(t.customer)
  await t.put(
    laptop,
    rows.map(({ id }) => id),
  )
  const phone = await t.visitor()
  const [first, second, third] = t.photoIds as [string, string, string]
  await t.put(phone, [first, rows[0]!.id])
  t.forward(1_000)
  await t.put(phone, [second, third])
  await t.signIn(phone.sessionId, t.customer.id)

  for (let look = 0; look < 2; look += 1) {
    const shown = await t.cart(phone)
    expect(idsOf(shown)).toHaveLength(CART_MOST)
    expect(idsOf(shown)).toContain(first)
    expect(shown.waiting).toBe(2)
  }
  expect(await t.cart(laptop)).not.toHaveProperty('waiting')
  const [out] = await t.db.select().from(cartItems).where(eq(cartItems.photoId, rows[1]!.id))
  const taken = await t.app.inject({ method: 'DELETE', url: `/api/cart/items/${out!.id}`, headers: phone.headers })
  expect(taken.statusCode).toBe(200)
  const after = await t.cart(phone)
  expect([idsOf(after).length, after.waiting]).toEqual([CART_MOST, 1])
  await t.send(phone, 'POST', '/api/cart/clear', {})
  const last = await t.cart(phone)
  expect(last).not.toHaveProperty('waiting')
  expect(await t.db.$count(carts)).toBe(1)
})
