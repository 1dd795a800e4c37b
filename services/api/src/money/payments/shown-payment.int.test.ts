import { payments } from '@pix/db/schema/payments.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bank, type Shop, startBank } from './bank-testing.ts'
import { expireOrders } from './sweep-payments.ts'

const MINUTE = 60_000
let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

type Visitor = Awaited<ReturnType<Shop['visitor']>>
const shown = async (t: Shop, visitor: Visitor, id: string) =>
  (await t.get(visitor, `/api/payment/${id}/status`)).json()
const transIdOf = async (t: Shop, paymentId: string) =>
  (await t.db.select().from(payments).where(eq(payments.id, paymentId)))[0]!.transId!

/** What the stream sends to a page that stays open, one state after the other. */
async function* watch(t: Shop, visitor: Visitor, id: string) {
  const stop = new AbortController()
  try {
    const answer = await fetch(`${t.url}/api/payment/${id}/status`, {
      headers: { ...visitor.headers, accept: 'text/event-stream' },
      signal: stop.signal,
    })
    let text = ''
    for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += part
      const whole = text.split('\n\n')
      text = whole.pop()!
      for (const one of whole) {
        const [, data] = /^data: (.*)$/m.exec(one) ?? []
        if (data !== undefined) yield JSON.parse(data) as { state: string; orderStatus: string; qrImage: string | null }
      }
    }
  } finally {
    stop.abort()
  }
}

test.each<[string, (t: Shop, visitor: Visitor, orderId: string) => Promise<unknown>, string]>([
  ['is cancelled', (t, visitor, orderId) => t.post(visitor, `/api/orders/${orderId}/cancel`, {}), 'cancelled'],
  [
    'runs out of time',
    async t => {
      t.forward(15 * MINUTE + 1_000)
      await expireOrders(t.deps)
    },
    'expired',
  ],
])('no QR is shown once its order %s in another tab: status and stream say so', async (_, end, orderStatus) => {
  await using t = await bank.openShop()
  const { visitor, order, payment } = await t.withQr(1)
  const states = watch(t, visitor, payment.id)
  expect((await states.next()).value).toMatchObject({
    state: 'pending',
    qrImage: expect.stringContaining('data:image'),
  })
  await end(t, visitor, order.id)
  const over = { state: 'expired', orderStatus, qrImage: null }
  expect(await shown(t, visitor, payment.id)).toMatchObject(over)
  for await (const state of states) {
    if (state.state === 'pending') continue
    expect(state).toMatchObject({ state: 'expired', qrImage: null })
    if (state.orderStatus === orderStatus) break
  }
})

test('no QR is shown once its photos are ordered again, nor one whose own time is over', async () => {
  await using t = await bank.openShop()
  const { visitor, payment, order, photoIds } = await t.withQr(1)
  t.forward(15 * MINUTE + 1_000)
  expect(await shown(t, visitor, payment.id)).toMatchObject({
    state: 'expired',
    orderStatus: 'awaiting_payment',
    qrImage: null,
  })
  const second = (await t.payment(visitor, order.id)).json()
  await t.post(visitor, '/api/cart/items', { photoIds })
  expect((await t.order(visitor, 6_000)).statusCode).toBe(201)
  expect(await shown(t, visitor, second.id)).toMatchObject({
    state: 'expired',
    orderStatus: 'cancelled',
    qrImage: null,
  })
})

test('money that is not applied is shown with its amount, its reason, a reference and the contact, by payment and order', async () => {
  await using t = await bank.openShop({ settings: { SUPPORT_CONTACT: 'LINE @shop, 02 123 4567' } })
  const { visitor, order, payment } = await t.withQr(1)
  const ref1 = (await t.db.select().from(payments))[0]!.ref1
  await bank.pay(await transIdOf(t, payment.id), { amount: '59.99' })
  const keptMoney = {
    reference: ref1,
    amount: { amount: 5_999, currency: 'THB' },
    reason: 'wrong_amount',
    contact: 'LINE @shop, 02 123 4567',
  }
  await expect
    .poll(() => shown(t, visitor, payment.id))
    .toMatchObject({ state: 'completed', orderStatus: 'awaiting_payment', qrImage: null, keptMoney })
  expect((await t.get(visitor, `/api/orders/${order.id}`)).json()).toMatchObject({
    status: 'awaiting_payment',
    keptMoney,
  })
})

test('an order whose money is kept gets no second QR, whether it is open or ran out', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment, photoIds } = await t.withQr(1)
  t.forward(16 * MINUTE)
  await expireOrders(t.deps)
  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked' }).where(eq(photos.id, photoIds[0]!))
  await bank.pay(await transIdOf(t, payment.id))
  await expect.poll(() => shown(t, visitor, payment.id)).toMatchObject({ keptMoney: { reason: 'photo_gone' } })
  await t.db.update(photos).set({ approval: 'approved', rejectReason: null }).where(eq(photos.id, photoIds[0]!))
  expect((await t.payment(visitor, order.id)).json()).toMatchObject({ status: 409, code: 'order_not_payable' })

  const open = await t.withQr(1)
  await bank.pay(await transIdOf(t, open.payment.id), { amount: '1.00' })
  await expect
    .poll(() => shown(t, open.visitor, open.payment.id))
    .toMatchObject({ keptMoney: { reason: 'wrong_amount' } })
  expect((await t.payment(open.visitor, open.order.id)).json()).toMatchObject({ code: 'order_not_payable' })
})

test('a buyer who paid twice has the photos and sees the second amount', async () => {
  await using t = await bank.openShop()
  await bank.faults({ secondPayment: true })
  const { visitor, order, payment } = await t.withQr(1)
  await bank.pay(await transIdOf(t, payment.id))
  await expect
    .poll(async () => (await t.get(visitor, `/api/orders/${order.id}`)).json())
    .toMatchObject({ status: 'fulfilled', keptMoney: { reason: 'second_payment', amount: { amount: 6_000 } } })
})

test.each([
  [{ PAYNOI_PAYEE_NAME: 'บริษัท รูปวิ่ง จำกัด', OMISE_PAYEE_NAME: 'Another' }, 'บริษัท รูปวิ่ง จำกัด'],
  [{ OMISE_PAYEE_NAME: 'Another' }, null],
])(
  'a payment names the receiver as bank apps do, where the setting of its gateway says it: %o',
  async (settings, payeeName) => {
    await using t = await bank.openShop({ settings })
    const { visitor, payment } = await t.withQr(1)
    expect(await shown(t, visitor, payment.id)).toMatchObject({ state: 'pending', payeeName })
  },
)
