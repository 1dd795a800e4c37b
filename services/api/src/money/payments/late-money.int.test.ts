import type { Carts } from '@pix/contracts/cart.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { ledgerPostings } from '@pix/db/schema/ledger.ts'
import { eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bank, type Shop, startBank } from './bank-testing.ts'
import { failUnanswered, expireOrders, reconcilePayments } from './sweep-payments.ts'

const MINUTE = 60_000
let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

const transIdOf = async (t: Shop, paymentId: string) => {
  const [payment] = await t.db.select().from(payments).where(eq(payments.id, paymentId))
  return payment!.transId!
}
const cartOf = async (t: Shop, visitor: Awaited<ReturnType<Shop['visitor']>>) =>
  (await t.get(visitor, '/api/cart'))
    .json<Carts>()
    .items.flatMap(cart => cart.events.flatMap(({ items }) => items.map(item => item.photo.id)))

test('an unpaid order expires after 15 minutes, its photos are in the cart again, and one tap gives another 15', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment, photoIds } = await t.withQr(2)
  expect(await cartOf(t, visitor)).toEqual([])

  t.forward(14 * MINUTE)
  await expireOrders(t.deps)
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')
  t.forward(MINUTE + 1_000)
  await expireOrders(t.deps)
  expect(await t.status(visitor, order.id)).toBe('expired')
  expect((await cartOf(t, visitor)).toSorted()).toEqual(photoIds.toSorted())
  expect((await t.get(visitor, `/api/payment/${payment.id}/status`)).json().state).toBe('expired')

  const again = (await t.payment(visitor, order.id)).json()
  expect(again).toMatchObject({ state: 'pending', orderStatus: 'awaiting_payment' })
  expect(again.id).not.toBe(payment.id)
  expect(await cartOf(t, visitor)).toEqual([])
})

test('money that came just before the end is found by the last check: the order is paid, not expired', async () => {
  await using t = await bank.openShop()
  await bank.faults({ never: true })
  const { visitor, order, payment } = await t.withQr(1)
  await bank.pay(await transIdOf(t, payment.id))
  t.forward(16 * MINUTE)
  await expireOrders(t.deps)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
  expect(await cartOf(t, visitor)).toEqual([])
})

test.each([-1_440 * MINUTE, 1_440 * MINUTE])(
  'a clock that is moved by %i ms between QR and money changes nothing: the order is paid once, its downloads are open',
  async ms => {
    await using t = await bank.openShop()
    const { visitor, order, payment } = await t.withQr(1)
    t.forward(ms)
    await expireOrders(t.deps)
    await bank.pay(await transIdOf(t, payment.id))
    await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
    t.forward(-ms)
    await reconcilePayments(t.deps)
    expect(await t.db.select().from(receipts)).toMatchObject([{ reason: null }])
    expect((await t.get(visitor, `/api/orders/${order.id}/download`)).json().events).toHaveLength(1)
  },
)

test('an order is not expired while the gateway cannot be asked, and is after two minutes', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment } = await t.withQr(1)
  await bank.faultsOf(await transIdOf(t, payment.id), { fail: 'check' })
  t.forward(16 * MINUTE)
  await expireOrders(t.deps)
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')
  t.forward(2 * MINUTE)
  await expireOrders(t.deps)
  expect(await t.status(visitor, order.id)).toBe('expired')
})

test('money that comes in time for a photo that was taken down is kept and buys nothing', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment, photoIds } = await t.withQr(1)
  const takenDown = { approval: 'rejected', rejectReason: 'asked', takenDownAt: t.deps.now(), faceCount: 0 } as const
  await t.db.update(photos).set(takenDown).where(eq(photos.id, photoIds[0]!))
  await bank.pay(await transIdOf(t, payment.id))
  await expect.poll(() => t.db.$count(receipts)).toBe(1)
  expect(await t.db.select().from(receipts)).toMatchObject([{ reason: 'photo_gone', appliedAt: null }])
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')
  expect(await t.db.$count(entitlements)).toBe(0)
})

async function paidLate(t: Shop, meanwhile: (photoId: string, eventId: string) => Promise<unknown>) {
  const { visitor, order, payment, photoIds, event } = await t.withQr(1)
  t.forward(16 * MINUTE)
  await expireOrders(t.deps)
  await meanwhile(photoIds[0]!, event.id)
  await bank.pay(await transIdOf(t, payment.id))
  await expect.poll(() => t.db.$count(receipts)).toBe(1)
  return { visitor, order, payment }
}

test('an order paid after it expired is paid, while every photo can still be sold; its photos leave the cart', async () => {
  await using t = await bank.openShop()
  const { visitor, order } = await paidLate(t, async () => undefined)
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
  expect(await cartOf(t, visitor)).toEqual([])
})

test.each([
  [
    'the photo was withdrawn',
    (t: Shop) => (photoId: string) =>
      t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked' }).where(eq(photos.id, photoId)),
  ],
  [
    'the event is closed',
    (t: Shop) => (_: string, eventId: string) =>
      t.db.update(events).set({ status: 'closed' }).where(eq(events.id, eventId)),
  ],
])('late money is kept, not lost and not applied, when %s', async (_, meanwhile) => {
  await using t = await bank.openShop()
  const { visitor, order } = await paidLate(t, meanwhile(t))
  expect(await t.status(visitor, order.id)).toBe('expired')
  expect(await t.db.select().from(receipts)).toMatchObject([{ reason: 'photo_gone', appliedAt: null, amount: 6_000 }])
  expect(await t.db.select().from(ledgerPostings)).toMatchObject([{ kind: 'unapplied_receipt', orderId: order.id }])
  expect((await t.get(visitor, `/api/orders/${order.id}/download`)).statusCode).toBe(404)
})

test('a cancelled order that is paid all the same is paid; what was bought meanwhile is not sold twice', async () => {
  await using t = await bank.openShop()
  const first = await t.withQr(1)
  const cancelled = await t.post(first.visitor, `/api/orders/${first.order.id}/cancel`, {})
  expect(cancelled.json().status).toBe('cancelled')
  expect(await cartOf(t, first.visitor)).toEqual(first.photoIds)

  const again = (await t.order(first.visitor, 6_000)).json()
  const second = (await t.payment(first.visitor, again.id)).json()
  await bank.pay(await transIdOf(t, second.id))
  await expect.poll(() => t.status(first.visitor, again.id)).toBe('fulfilled')
  await bank.pay(await transIdOf(t, first.payment.id))
  await expect.poll(() => t.db.$count(receipts)).toBe(2)
  expect(await t.status(first.visitor, first.order.id)).toBe('cancelled')
  const kept = (await t.db.select().from(receipts)).find(receipt => receipt.reason !== null)
  expect(kept?.reason).toBe('already_bought')
})

test('a photo that an account has ordered on two devices is sold to it once: the second money is kept, and no third QR is shown', async () => {
  await using t = await bank.openShop()
  const account = await t.user('customer', { email: 'runner@shop.test', emailVerifiedAt: t.deps.now() })
  const [event, photographer] = [await t.event(), await t.user('photographer')]
  const { id: photoId } = await t.photo(event.id, photographer.id)
  const ordered = async () => {
    const visitor = await t.visitor(account)
    await t.post(visitor, '/api/cart/items', { photoIds: [photoId] })
    const order = (await t.order(visitor, 6_000)).json()
    return { visitor, order, payment: (await t.payment(visitor, order.id)).json() }
  }
  const [phone, desk, tablet] = [await ordered(), await ordered(), await ordered()]
  await bank.pay(await transIdOf(t, phone.payment.id))
  await expect.poll(() => t.status(phone.visitor, phone.order.id)).toBe('fulfilled')
  await bank.pay(await transIdOf(t, desk.payment.id))
  await expect.poll(() => t.db.$count(receipts)).toBe(2)
  expect(await t.status(desk.visitor, desk.order.id)).toBe('awaiting_payment')
  const reasons = (await t.db.select().from(receipts)).map(({ reason }) => reason)
  expect(reasons.toSorted()).toEqual(['already_bought', null])
  expect(await t.db.$count(entitlements)).toBe(1)
  t.forward(16 * MINUTE)
  expect((await t.payment(tablet.visitor, tablet.order.id)).json().code).toBe('photo_not_for_sale')
})

test('what a guest ordered and an account paid is not sold to the account again, on any device: not in the cart, and not by money', async () => {
  await using t = await bank.openShop()
  const account = await t.user('customer')
  const guest = await t.withQr(1)
  const other = await t.visitor(account)
  await t.post(other, '/api/cart/items', { photoIds: guest.photoIds })
  const order = (await t.order(other, 6_000)).json()
  const { id: paymentId } = (await t.payment(other, order.id)).json()
  await t.signIn(guest.visitor.sessionId, account.id)
  await bank.pay(await transIdOf(t, guest.payment.id))
  await expect.poll(() => t.status(guest.visitor, guest.order.id)).toBe('fulfilled')

  await bank.pay(await transIdOf(t, paymentId))
  await expect.poll(() => t.db.$count(receipts)).toBe(2)
  expect(await t.status(other, order.id)).toBe('awaiting_payment')
  expect(await t.db.select().from(receipts).where(isNull(receipts.appliedAt))).toMatchObject([
    { reason: 'already_bought' },
  ])
  await t.db.update(sessions).set({ userId: null, familyId: null }).where(eq(sessions.id, guest.visitor.sessionId))
  const third = await t.visitor(account)
  expect((await t.post(third, '/api/cart/items', { photoIds: guest.photoIds })).json().code).toBe('photo_not_for_sale')
  expect((await t.post(await t.visitor(), '/api/cart/items', { photoIds: guest.photoIds })).statusCode).toBe(200)
})

test('two QRs of one order, both paid: the second money is kept as an unapplied receipt', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment } = await t.withQr(1)
  t.forward(16 * MINUTE)
  const another = (await t.payment(visitor, order.id)).json()
  for (const id of [another.id, payment.id]) await bank.pay(await transIdOf(t, id))
  await expect.poll(() => t.db.$count(receipts)).toBe(2)
  const reasons = (await t.db.select().from(receipts)).map(receipt => receipt.reason)
  expect(reasons.filter(reason => reason === null)).toHaveLength(1)
  expect(reasons).toContain('second_payment')
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
})

test.each(['refund_pending', 'partially_refunded', 'refunded'] as const)(
  'money that comes for an order that is %s is kept as a second payment and sells nothing again',
  async status => {
    await using t = await bank.openShop()
    const { visitor, order, payment } = await t.withQr(1)
    t.forward(16 * MINUTE)
    const another = (await t.payment(visitor, order.id)).json()
    await bank.pay(await transIdOf(t, another.id))
    await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
    await t.db.update(orders).set({ status }).where(eq(orders.id, order.id))
    await t.db.update(entitlements).set({ closedAt: t.deps.now(), closedWhy: 'refund' })

    await bank.pay(await transIdOf(t, payment.id))
    await expect.poll(() => t.db.$count(receipts)).toBe(2)
    expect(await t.db.select().from(receipts).where(isNull(receipts.appliedAt))).toMatchObject([
      { paymentId: payment.id, reason: 'second_payment' },
    ])
    expect(await t.status(visitor, order.id)).toBe(status)
  },
)

test('without any webhook the reconciler finds the money, at once while somebody looks and else with growing pauses', async () => {
  await using t = await bank.openShop()
  t.hold()
  await bank.faults({ never: true })
  const { visitor, order, payment } = await t.withQr(1)
  const nextIn = async () => {
    const [row] = await t.db.select().from(payments).where(eq(payments.id, payment.id))
    return Math.round((row!.nextCheckAt!.getTime() - t.deps.now().getTime()) / 1_000)
  }
  const pauses = []
  for (let i = 0; i < 4; i += 1) {
    t.forward((await nextIn()) * 1_000 + 500)
    await reconcilePayments(t.deps)
    pauses.push(await nextIn())
  }
  expect(pauses).toEqual([3, 6, 12, 24])
  await t.get(visitor, `/api/payment/${payment.id}/status`)
  expect(await nextIn()).toBeLessThanOrEqual(1)

  await bank.pay(await transIdOf(t, payment.id))
  t.forward(1_500)
  await reconcilePayments(t.deps)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
})

test('late money without a webhook is found after expiry too; after 7 days without any the payment is abandoned', async () => {
  await using t = await bank.openShop()
  await bank.faults({ never: true })
  const paid = await t.withQr(1)
  const never = await t.withQr(1)
  t.forward(16 * MINUTE)
  await expireOrders(t.deps)
  await bank.pay(await transIdOf(t, paid.payment.id))
  t.forward(60 * MINUTE)
  await reconcilePayments(t.deps)
  expect(await t.status(paid.visitor, paid.order.id)).toBe('fulfilled')

  t.forward(7 * 24 * 60 * MINUTE)
  await reconcilePayments(t.deps)
  const [row] = await t.db.select().from(payments).where(eq(payments.id, never.payment.id))
  expect(row).toMatchObject({ state: 'abandoned', nextCheckAt: null })
})

test('an attempt whose process died before the gateway answered is given up after a minute', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment } = await t.withQr(1)
  await t.db.update(payments).set({ state: 'creating', transId: null }).where(eq(payments.id, payment.id))
  await failUnanswered(t.deps)
  expect((await t.get(visitor, `/api/payment/${payment.id}/status`)).json().state).toBe('creating')
  t.forward(2 * MINUTE)
  await failUnanswered(t.deps)
  expect((await t.get(visitor, `/api/payment/${payment.id}/status`)).json().state).toBe('failed')
  expect((await t.payment(visitor, order.id)).json().state).toBe('pending')
})
