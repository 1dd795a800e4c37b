import type { Cart, Carts } from '@pix/contracts/cart.ts'
import type { Order } from '@pix/contracts/orders.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { coupons } from '@pix/db/schema/coupons.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GatewayUnavailable, type PaymentGateway } from '../../../base/payment-gateway.ts'
import { expireOrder } from '../expire-order.ts'
import { shopWithCart } from '../order-testing.ts'
import { PAYMENT_WINDOW_MS } from '../place-order.ts'

type Shop = Awaited<ReturnType<typeof shopWithCart>>
type Visitor = Shop['buyer']
let t: Shop
/** A gateway that does not answer: an order that asks it for a QR waits for its money all the same. */
const silent = {
  name: 'paynoi',
  least: 100,
  most: 70_000_000,
  create: () => Promise.reject(new GatewayUnavailable('it does not answer')),
} as Partial<PaymentGateway> as PaymentGateway
beforeAll(async () => {
  const gateways = new Map([[silent.name, silent]])
  t = await shopWithCart(1, { price: 10_000, gateways, settings: { LIMIT_COUPONS_PER_HOUR: '1000' } })
})
afterAll(() => t[Symbol.asyncDispose]())

/** A coupon of the house studio, half off where nothing else is said. @returns its code */
async function coupon(more: Partial<typeof coupons.$inferInsert> = {}): Promise<string> {
  const id = t.deps.newId()
  const code = `C${id.toUpperCase().slice(-12)}`
  const worth = more.kind === 'fixed' ? {} : { kind: 'percent' as const, percent: 50 }
  await t.db
    .insert(coupons)
    .values({ id, studioId: HOUSE_STUDIO, code, ...worth, ...more } as typeof coupons.$inferInsert)
  return code
}

/** A new visitor whose cart holds so many photos of the event, 100 baht each. */
async function buyer(count = 3) {
  const who = await t.visitor()
  const photoIds: string[] = []
  for (let n = 0; n < count; n += 1) photoIds.push((await t.photo(t.eventId, t.photographerId)).id)
  const cart = (await t.post('/api/cart/items', { photoIds }, undefined, who)).json<Carts>().items[0]!
  return { who, cart, photoIds: photoIds.toSorted() }
}
const enter = (who: Visitor, { id }: Cart, code: string | null) =>
  t.app.inject({ method: 'PUT', url: '/api/cart/coupon', headers: who.headers, payload: { cartId: id, code } })
const order = (who: Visitor, total: number, email = `${who.sessionId}@b.example`) =>
  t.post('/api/orders', { email, locale: 'th', expectedTotal: { amount: total, currency: 'THB' } }, undefined, who)
const statusOf = async ({ id }: Order) => (await t.db.select().from(orders).where(eq(orders.id, id)))[0]!.status

test('a coupon takes off each photo its part, in cart and order, and the lines add up to the total', async () => {
  const { who, cart, photoIds } = await buyer()
  const entered = (await enter(who, cart, ` ${(await coupon({ percent: 33 })).toLowerCase()}`)).json<Carts>().items[0]!
  expect([entered.coupon?.off.amount, entered.total.amount]).toEqual([9_900, 20_100])
  expect((await order(who, 30_000)).json()).toMatchObject({ code: 'total_changed' })
  const placed = (await order(who, 20_100)).json<Order>()
  expect(placed).toMatchObject({
    coupon: { code: entered.coupon!.code, off: { amount: 9_900 } },
    total: { amount: 20_100 },
  })
  const lines = await t.db
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, placed.id))
    .orderBy(asc(orderLines.position))
  expect(lines.map(line => [line.kind, line.unitPrice, line.discount])).toEqual([
    ['photo', 10_000, 3_300],
    ['photo', 10_000, 3_300],
    ['photo', 10_000, 3_300],
    ['coupon', -9_900, 0],
  ])
  expect(
    lines
      .slice(0, 3)
      .map(line => line.photoId)
      .toSorted(),
  ).toEqual(photoIds)
})

test('a coupon over the whole price pays without a gateway, its photos can be downloaded, and the letter names it', async () => {
  const { who, cart } = await buyer(2)
  const code = await coupon({ kind: 'fixed', percent: null, amount: 1_000_000 })
  await enter(who, cart, code)
  const placed = (await order(who, 0)).json<Order>()
  expect(placed).toMatchObject({ status: 'fulfilled', coupon: { off: { amount: 20_000 } } })
  const downloads = await t.app.inject({ url: `/api/orders/${placed.id}/download`, headers: who.headers })
  expect(downloads.json().events[0].photos).toHaveLength(2)
  const [letter] = await t.db
    .select()
    .from(outgoingMail)
    .where(eq(outgoingMail.recipient, `${who.sessionId}@b.example`))
  expect(letter).toMatchObject({ template: 'order_paid', facts: { coupon: code, baht: '฿200' } })
})

test('what a coupon leaves below one baht is refused', async () => {
  const { who, cart } = await buyer(1)
  await enter(who, cart, await coupon({ kind: 'fixed', percent: null, amount: 9_901 }))
  expect((await order(who, 99)).json()).toMatchObject({ status: 422, code: 'amount_out_of_range' })
})

test('an unknown coupon, one that is over, not begun or switched off, and one of another event are refused by name', async () => {
  const { who, cart } = await buyer(1)
  const [past, future] = [new Date(Date.now() - 60_000), new Date(Date.now() + 3_600_000)]
  const other = await t.event()
  const tries = [
    ['NOBODY-KNOWS', 'coupon_unknown'],
    [await coupon({ endsAt: past }), 'coupon_over'],
    [await coupon({ startsAt: future }), 'coupon_over'],
    [await coupon({ active: false }), 'coupon_over'],
    [await coupon({ eventId: other.id }), 'coupon_not_here'],
  ] as const
  for (const [code, refusal] of tries)
    expect({ code, ...(await enter(who, cart, code)).json() }).toMatchObject({ code: refusal, status: 422 })
  expect((await t.app.inject({ url: '/api/cart', headers: who.headers })).json<Carts>().items[0]!.coupon).toBeNull()
})

test('of twenty orders at once with a coupon that is good for three, three are placed', async () => {
  const code = await coupon({ maxUses: 3 })
  const buyers = []
  for (let n = 0; n < 20; n += 1) {
    const one = await buyer(1)
    expect((await enter(one.who, one.cart, code)).statusCode).toBe(200)
    buyers.push(one)
  }
  const answers = await Promise.all(buyers.map(({ who }) => order(who, 5_000)))
  expect(answers.filter(answer => answer.statusCode === 201)).toHaveLength(3)
  const refused = answers.filter(answer => answer.statusCode !== 201)
  expect(new Set(refused.map(answer => answer.json().code))).toEqual(new Set(['coupon_used_up']))
})

test('a buyer uses a coupon so often, whichever browser they come with, and a cancelled order gives its use back', async () => {
  const code = await coupon({ maxUsesPerBuyer: 1 })
  const [first, second] = [await buyer(1), await buyer(1)]
  for (const one of [first, second]) await enter(one.who, one.cart, code)
  const placed = (await order(first.who, 5_000, 'Same@b.example')).json<Order>()
  expect((await order(second.who, 5_000, 'same@b.example')).json()).toMatchObject({ code: 'coupon_used_up' })
  await t.post(`/api/orders/${placed.id}/cancel`, {}, undefined, first.who)
  expect((await order(second.who, 5_000, 'same@b.example')).statusCode).toBe(201)
  expect(await statusOf(placed)).toBe('cancelled')
})

test('an order that expires gives its use back, and takes it again when it is opened again', async () => {
  const code = await coupon({ maxUses: 1 })
  const [first, second] = [await buyer(1), await buyer(1)]
  for (const one of [first, second]) await enter(one.who, one.cart, code)
  const placed = (await order(first.who, 5_000)).json<Order>()
  expect((await order(second.who, 5_000)).json()).toMatchObject({ code: 'coupon_used_up' })

  t.forward(PAYMENT_WINDOW_MS + 1_000)
  expect(await expireOrder(asSystem(t.deps), placed.id)).toBe(true)
  const other = (await order(second.who, 5_000)).json<Order>()
  const reopen = () => t.post('/api/payment/create', { orderId: placed.id }, undefined, first.who)
  expect((await reopen()).json()).toMatchObject({ status: 422, code: 'coupon_used_up' })
  expect(await statusOf(placed)).toBe('expired')

  await t.post(`/api/orders/${other.id}/cancel`, {}, undefined, second.who)
  expect((await reopen()).json()).toMatchObject({ code: 'gateway_unavailable' })
  expect(await statusOf(placed)).toBe('awaiting_payment')
  expect((await order(second.who, 5_000)).json()).toMatchObject({ code: 'coupon_used_up' })
})
