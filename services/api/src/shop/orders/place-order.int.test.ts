import type { Carts } from '@pix/contracts/cart.ts'
import type { Order } from '@pix/contracts/orders.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { events } from '@pix/db/schema/events.ts'
import { idempotencyKeys } from '@pix/db/schema/idempotency.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { asc, eq, sum } from 'drizzle-orm'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sharedFile } from '../../testing/shared.ts'
import { addSearch } from '../../testing/add-search.ts'
import { sellOnlySingles, shopWithCart } from './order-testing.ts'

const statusOf = async (t: Awaited<ReturnType<typeof shopWithCart>>, id: string) =>
  (await t.get(`/api/orders/${id}`)).json().status as string

test('an order freezes photos, prices, offer and split rule, and empties the cart', async () => {
  await using t = await shopWithCart(6)
  const order = (await t.order(31_000)).json()
  expect(order).toMatchObject({ status: 'pending', total: { amount: 31_000 }, email: 'a@b.example', paymentId: null })
  expect(order.events).toMatchObject([{ event: { id: t.eventId }, offer: { total: { amount: 31_000 } } }])
  expect(order.events[0].photos.map((photo: { id: string }) => photo.id)).toEqual(t.photoIds)
  expect((await t.get('/api/cart')).json()).toEqual({ items: [] })

  const lines = await t.db.select().from(orderLines).orderBy(asc(orderLines.photoId))
  expect(lines.map(line => line.unitPrice)).toEqual([5_167, 5_167, 5_167, 5_167, 5_166, 5_166])
  await t.db.update(packages).set({ price: 1 })
  expect((await t.get(`/api/orders/${order.id}`)).json().events).toEqual(order.events)
  expect((await t.get('/api/orders')).json().items).toEqual([order])
})

test('an order freezes the search whose photos its Unlimited pays for, and keeps it when the search is taken back', async () => {
  await using t = await shopWithCart(3)
  const { sessionId } = t.buyer
  const found = { sessionId, eventId: t.eventId, photoIds: t.photoIds.slice(0, 2), band: 'likely' as const }
  const searchId = await addSearch(t, found)
  const cart = (await t.get('/api/cart')).json<Carts>().items[0]!
  const choice = cart.events[0]!.quote!.unlimited!.offer.lines[0]!.package.id
  const payload = { eventId: t.eventId, choice }
  await t.app.inject({ method: 'PUT', url: '/api/cart/package', headers: t.buyer.headers, payload })
  const order = (await t.order(50_000)).json<Order>()
  const people = [{ searchId, matches: 2, photos: 3, byHand: t.photoIds.slice(2) }]
  expect(order.events[0]!.offer.lines).toMatchObject([{ quantity: 1, photos: 3, people }])
  await t.db.delete(searches).where(eq(searches.id, searchId))
  expect((await t.get(`/api/orders/${order.id}`)).json<Order>().events).toEqual(order.events)
})

test('a total that the buyer did not see is refused, and the cart stays', async () => {
  await using t = await shopWithCart(1)
  expect((await t.order(5_999)).json()).toMatchObject({ status: 409, code: 'total_changed' })
  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked' })
  expect((await t.order(6_000)).json()).toMatchObject({ status: 409, code: 'photo_not_for_sale' })
  expect((await t.get('/api/cart')).json().items[0].events[0].items).toHaveLength(1)
})

test('the same key gives the first answer again, another body is refused, and no second order exists', async () => {
  await using t = await shopWithCart(1)
  const first = await t.order(6_000, 'key-1')
  const again = await t.order(6_000, 'key-1')
  expect(again.statusCode).toBe(201)
  expect(again.json()).toEqual(first.json())
  expect((await t.order(1, 'key-1')).json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
  expect((await t.order(6_000, '')).json()).toMatchObject({ status: 400, code: 'idempotency_key_required' })
  expect(await t.db.$count(orders)).toBe(1)
})

test('an order whose answer was lost with its process is answered to the same key, not placed twice', async () => {
  await using t = await shopWithCart(1)
  const first = (await t.order(6_000, 'key-1')).json()
  await t.db.update(idempotencyKeys).set({ status: null, body: null })
  t.forward(61_000)
  expect((await t.order(6_000, 'key-1')).json()).toMatchObject({ id: first.id, number: first.number })
  expect(await t.db.$count(orders)).toBe(1)
})

test('ten orders of one cart at once make one order', async () => {
  await using t = await shopWithCart(2)
  const answers = await Promise.all(Array.from({ length: 10 }, () => t.order(12_000)))
  const codes = answers.map(answer => answer.statusCode)
  expect(codes.filter(code => code === 201)).toHaveLength(1)
  expect(codes.filter(code => code === 409)).toHaveLength(9)
  expect(await t.db.$count(orders)).toBe(1)
})

test('an order of 0 baht is bought without a gateway', async () => {
  await using t = await shopWithCart(2, { price: 0 })
  const order = (await t.order(0)).json()
  expect(order.status).toBe('fulfilled')
  expect((await t.get(`/api/orders/${order.id}/download`)).json().events[0].photos).toHaveLength(2)
})

test.each([
  ['less than one baht', 99],
  ['more than 700,000 baht', 70_000_001],
])('%s is refused', async (_, price) => {
  await using t = await shopWithCart(1, { price })
  expect((await t.order(price)).json()).toMatchObject({ status: 422, code: 'amount_out_of_range' })
  expect(await t.db.$count(orders)).toBe(0)
})

test('exactly one baht, and exactly 700,000, can be ordered', async () => {
  for (const price of [100, 70_000_000]) {
    await using t = await shopWithCart(1, { price })
    expect((await t.order(price)).statusCode).toBe(201)
  }
})

test('what this session has bought is not put into its cart again', async () => {
  await using t = await shopWithCart(2, { price: 0 })
  await t.order(0)
  expect((await t.post('/api/cart/items', { photoIds: t.photoIds })).json()).toMatchObject({
    code: 'photo_not_for_sale',
  })
  const fresh = await t.photo(t.eventId, t.photographerId)
  const cart = (await t.post('/api/cart/items', { photoIds: [...t.photoIds, fresh.id] })).json()
  expect(cart.items[0].events[0].items.map((item: { photo: { id: string } }) => item.photo.id)).toEqual([fresh.id])
})

test('cancelling puts the photos back; what is bought, or cancelled already, cannot be cancelled', async () => {
  await using t = await shopWithCart(1)
  const { id } = (await t.order(6_000)).json()
  const other = await t.visitor()
  expect((await t.post(`/api/orders/${id}/cancel`, {}, 'k', other)).statusCode).toBe(404)
  expect((await t.post(`/api/orders/${id}/cancel`, {})).json().status).toBe('cancelled')
  expect((await t.get('/api/cart')).json().items[0].events[0].items).toHaveLength(1)
  expect((await t.post(`/api/orders/${id}/cancel`, {})).json()).toMatchObject({ status: 409, code: 'illegal_state' })
})

test('ordering the same photos again gives the unpaid order up', async () => {
  await using t = await shopWithCart(1)
  const first = (await t.order(6_000)).json()
  await t.post('/api/cart/items', { photoIds: t.photoIds })
  const second = (await t.order(6_000)).json()
  expect([await statusOf(t, first.id), await statusOf(t, second.id)]).toEqual(['cancelled', 'pending'])
  const [row] = await t.db.select().from(orders).where(eq(orders.id, first.id))
  expect(row?.cancelReason).toBe('replaced')
})

test('what a replaced order held beyond the new one is in the cart again', async () => {
  await using t = await shopWithCart(2)
  const [again, left] = t.photoIds
  const first = (await t.order(12_000)).json()
  await t.post('/api/cart/items', { photoIds: [again] })
  await t.order(6_000)
  expect(await statusOf(t, first.id)).toBe('cancelled')
  const cart = (await t.get('/api/cart')).json<Carts>().items[0]!
  expect(cart.events.map(({ items }) => items.map(item => item.photo.id))).toEqual([[left]])
})

test('what no package pays for, or is not for sale now, is not ordered with the rest and stays in the cart', async () => {
  await using t = await shopWithCart(1)
  const [unpriced, closed] = [await t.event(), await t.event()]
  await t.db.insert(packages).values({
    id: t.deps.newId(),
    studioId: HOUSE_STUDIO,
    eventId: unpriced.id,
    kind: 'unlimited',
    price: 50_000,
    nameTh: 'ทั้งหมด',
    nameEn: 'Unlimited',
  })
  const left = [await t.photo(unpriced.id, t.photographerId), await t.photo(closed.id, t.photographerId)]
  await t.post('/api/cart/items', { photoIds: left.map(photo => photo.id) })
  await t.db.update(events).set({ status: 'closed' }).where(eq(events.id, closed.id))

  const order = (await t.order(6_000)).json<Order>()
  expect(order.events.map(({ photos }) => photos.map(photo => photo.id))).toEqual([t.photoIds])
  const cart = (await t.get('/api/cart')).json<Carts>().items[0]!
  expect(cart.events.flatMap(({ items }) => items.map(item => item.photo.id)).sort()).toEqual(
    left.map(photo => photo.id).sort(),
  )
})

test('the photos of an order that was given up lie beside those of the event the buyer went on with', async () => {
  await using t = await shopWithCart(1)
  const { id } = (await t.order(6_000)).json()
  const other = await t.event()
  const photo = await t.photo(other.id, t.photographerId)
  await t.post('/api/cart/items', { photoIds: [photo.id] })
  await t.post(`/api/orders/${id}/cancel`, {})
  const cart = (await t.get('/api/cart')).json<Carts>().items[0]!
  expect(cart.events.map(({ event, items }) => [event.id, items.map(item => item.photo.id)])).toEqual([
    [other.id, [photo.id]],
    [t.eventId, t.photoIds],
  ])
})

test('an order over two events freezes for each its offer and split rule, and its lines add up event by event', async () => {
  await using t = await shopWithCart(6)
  const other = await t.event()
  const added = [await t.photo(other.id, t.photographerId), await t.photo(other.id, t.photographerId)]
  await t.db.insert(splitRules).values({
    id: t.deps.newId(),
    studioId: HOUSE_STUDIO,
    eventId: other.id,
    version: 1,
    startsAt: new Date('2026-01-01T00:00:00Z'),
    platformBp: 2_500,
    photographerBp: 5_500,
    organizerBp: 2_000,
  })
  await t.post('/api/cart/items', { photoIds: added.map(photo => photo.id) })
  expect((await t.order(31_000)).json()).toMatchObject({ code: 'total_changed' })
  const order = (await t.order(43_000)).json<Order>()
  expect(order.events.map(({ event, offer }) => [event.id, offer.total.amount])).toEqual([
    [t.eventId, 31_000],
    [other.id, 12_000],
  ])
  const sums = await t.db
    .select({ eventId: orderLines.eventId, total: sum(orderLines.unitPrice).mapWith(Number) })
    .from(orderLines)
    .groupBy(orderLines.eventId)
  expect(new Map(sums.map(row => [row.eventId, row.total]))).toEqual(
    new Map([
      [t.eventId, 31_000],
      [other.id, 12_000],
    ]),
  )
  const rules = await t.db
    .select({ eventId: orderEvents.eventId, platformBp: splitRules.platformBp })
    .from(orderEvents)
    .innerJoin(splitRules, eq(splitRules.id, orderEvents.splitRuleId))
    .orderBy(asc(orderEvents.position))
  expect(rules.map(rule => rule.platformBp)).toEqual([3_000, 2_500])
})

test('the limits of what can be paid are those of the sum over all events', async () => {
  for (const [price, status] of [
    [50, 201],
    [49, 422],
    [35_000_000, 201],
    [35_000_001, 422],
  ] as const) {
    await using t = await shopWithCart(1, { price })
    const other = await t.event()
    await sellOnlySingles(t, other.id, price)
    const photo = await t.photo(other.id, t.photographerId)
    await t.post('/api/cart/items', { photoIds: [photo.id] })
    expect({ price, status: (await t.order(2 * price)).statusCode }).toEqual({ price, status })
  }
})

test('addresses that can be mailed are taken, and kept as mail programs take them', async () => {
  const list = sharedFile('data/bugs/emails.csv')
  const given =
    list === null
      ? []
      : (await readFile(list, 'utf8'))
          .split('\n')
          .slice(1)
          .map(line => line.split(',')[0]!)
  for (const email of ['ｕｓｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'somchai@ไทย.ไทย', ...given.filter(Boolean)]) {
    await using t = await shopWithCart(1)
    const expectedTotal = { amount: 6_000, currency: 'THB' }
    const placed = await t.post('/api/orders', { email, locale: 'th', expectedTotal })
    expect({ email, status: placed.statusCode }).toEqual({ email, status: 201 })
    expect(placed.json().email).toMatch(/^[\x21-\x7e]+$/)
  }
})

test("each studio's cart is ordered by itself: the other stays, and the request must name one", async () => {
  await using t = await shopWithCart(1)
  const studio = await t.studio()
  const event = await t.event({ studioId: studio.id })
  const theirs = await t.photo(event.id, t.photographerId)
  await t.post('/api/cart/items', { photoIds: [theirs.id] })
  expect((await t.order(6_000)).json()).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: 'body.cartId', message: expect.any(String) }],
  })
  const { items } = (await t.get('/api/cart')).json<Carts>()
  const buyer = { email: 'a@b.example', locale: 'th', expectedTotal: { amount: 6_000, currency: 'THB' } }
  const { id: cartId } = items.find(cart => cart.studio.id === studio.id)!
  const order = (await t.post('/api/orders', { ...buyer, cartId })).json<Order>()
  expect(order.events.map(sold => sold.event.id)).toEqual([event.id])
  const [row] = await t.db.select().from(orders).where(eq(orders.id, order.id))
  expect(row!.studioId).toBe(studio.id)
  const left = (await t.get('/api/cart')).json<Carts>().items
  expect(left.map(cart => cart.studio.id)).toEqual([HOUSE_STUDIO])
  // Given up, its photos are in its studio's cart again.
  await t.post(`/api/orders/${order.id}/cancel`, {})
  const again = (await t.get('/api/cart')).json<Carts>().items
  expect(again.map(cart => cart.studio.id).toSorted()).toEqual([HOUSE_STUDIO, studio.id].toSorted())
  // Somebody else's cart does not exist.
  const stranger = await t.visitor()
  expect((await t.post('/api/orders', { ...buyer, cartId }, t.deps.newId(), stranger)).json()).toMatchObject({
    code: 'cart_empty',
  })
})
