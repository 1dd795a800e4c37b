import { createHmac } from 'node:crypto'
import { gatewayEvents, payments, receipts } from '@pix/db/schema/payments.ts'
import { ledgerPostings } from '@pix/db/schema/ledger.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bank, type Shop, WEBHOOK_SECRET, startBank } from './bank-testing.ts'
import { FIRST_SWEEP_MS } from './receive-webhook.ts'
import { retryGatewayEvents } from './sweep-payments.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

const signed = (data: object, secret = WEBHOOK_SECRET) => {
  const text = JSON.stringify(data)
  return `{"data":${text},"signature":"${createHmac('sha256', secret).update(text).digest('hex')}"}`
}
const send = (t: Shop, body: string | Buffer, type: string | null = 'application/json') =>
  t.app.inject({
    method: 'POST',
    url: '/api/payment/webhook',
    payload: body,
    headers: type === null ? {} : { 'content-type': type },
  })
const rowOf = async (t: Shop, paymentId: string) =>
  (await t.db.select().from(payments).where(eq(payments.id, paymentId)))[0]!
const eventsOf = (t: Shop, transId: string) =>
  t.db.select().from(gatewayEvents).where(eq(gatewayEvents.transId, transId))
/** The event is handled, with what came of it. */
const outcomeOf = (t: Shop, transId: string) =>
  expect.poll(async () => (await eventsOf(t, transId)).map(event => event.outcome))
/** The first try, which follows the answer, is over and had no outcome: it left another time for the next. */
const triedInVain = (t: Shop, transId: string) =>
  expect
    .poll(async () =>
      (await eventsOf(t, transId)).map(({ receivedAt, nextTryAt, handledAt }) => {
        const untouched = nextTryAt?.getTime() === receivedAt.getTime() + FIRST_SWEEP_MS
        return { untouched, handledAt }
      }),
    )
    .toEqual([{ untouched: false, handledAt: null }])

test('a bad signature is 401 and leaves no trace, whatever it says', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  const says = { trans_id: transId, amount: '60.00', payment_status: 'completed' }
  for (const body of [signed(says, 'another-secret'), `{"data":${JSON.stringify(says)}}`]) {
    const answer = await send(t, body)
    expect(answer.json()).toMatchObject({ status: 401, code: 'bad_signature' })
  }
  expect(await eventsOf(t, transId!)).toEqual([])
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')
})

test('a body that was written again on its way is refused, though it says the same: the signature is over the bytes', async () => {
  await using t = await bank.openShop()
  const text = '{"trans_id": "REWRITTEN", "amount": 60.00}'
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(text).digest('hex')
  const body = `{"data":${text},"signature":"${signature}"}`
  const again = JSON.stringify(JSON.parse(body))
  expect((await send(t, again)).json()).toMatchObject({ status: 401, code: 'bad_signature' })
  expect(await eventsOf(t, 'REWRITTEN')).toEqual([])
  expect((await send(t, body)).json()).toEqual({ status: 1 })
})

test('the bank signing with a wrong key changes nothing; the reconciler still finds the money', async () => {
  await using t = await bank.openShop()
  await bank.faults({ wrongSignature: true })
  const { payment } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  await bank.pay(transId!)
  expect(await eventsOf(t, transId!)).toEqual([])
  expect((await rowOf(t, payment.id)).state).toBe('pending')
})

test('a well signed announcement alone releases nothing: the gateway must agree', async () => {
  await using t = await bank.openShop()
  t.hold()
  const { visitor, order, payment } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  const forged = signed({ trans_id: transId, payment_status: 'completed' })
  expect((await send(t, forged)).json()).toEqual({ status: 1 })
  await triedInVain(t, transId!)
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')

  await bank.faultsOf(transId!, { never: true })
  await bank.pay(transId!)
  t.forward(10_000)
  await retryGatewayEvents(t.deps)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
})

test('a wrong amount pays nothing and is kept as an unapplied receipt', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  await bank.pay(transId!, { amount: '59.99' })
  await outcomeOf(t, transId!).toEqual(['unapplied'])
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')
  expect(await t.db.select().from(receipts)).toMatchObject([{ reason: 'wrong_amount', amount: 5_999 }])
  expect(await t.db.select().from(ledgerPostings)).toMatchObject([{ kind: 'unapplied_receipt' }])
})

test('another reference than the charge’s is not applied', async () => {
  await using t = await bank.openShop()
  const { payment } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  await bank.faultsOf(transId!, { never: true })
  await bank.pay(transId!)
  await send(t, signed({ trans_id: transId, ref1: 'PX26999999A1', payment_status: 'completed' }))
  await outcomeOf(t, transId!).toEqual(['disagrees'])
  expect(await t.db.$count(receipts)).toBe(0)
})

test('an unknown charge is stored, answered, and tried again for 24 hours', async () => {
  await using t = await bank.openShop()
  t.hold()
  expect((await send(t, signed({ trans_id: 'NOBODYS', payment_status: 'completed' }))).json()).toEqual({ status: 1 })
  await triedInVain(t, 'NOBODYS')
  t.forward(3_600_000)
  await retryGatewayEvents(t.deps)
  expect(await eventsOf(t, 'NOBODYS')).toMatchObject([{ handledAt: null, outcome: null }])
  t.forward(24 * 3_600_000)
  await retryGatewayEvents(t.deps)
  expect(await eventsOf(t, 'NOBODYS')).toMatchObject([{ outcome: 'given_up', nextTryAt: null }])
})

test('an announcement that overtakes our own commit of the charge is applied once the charge is known', async () => {
  await using t = await bank.openShop()
  t.hold()
  await bank.faults({ never: true })
  const { visitor, order, payment } = await t.withQr(1)
  const before = await rowOf(t, payment.id)
  await t.db.update(payments).set({ state: 'creating', transId: null }).where(eq(payments.id, payment.id))
  await bank.pay(before.transId!)
  await send(t, signed({ trans_id: before.transId, payment_status: 'completed' }))
  await triedInVain(t, before.transId!)
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')

  await t.db.update(payments).set({ state: 'pending', transId: before.transId }).where(eq(payments.id, payment.id))
  t.forward(10_000)
  await retryGatewayEvents(t.deps)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
})

test('out of order and twice: completed before pending, and each of them again, pay once', async () => {
  await using t = await bank.openShop()
  await bank.faults({ never: true })
  const { visitor, order, payment } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  await bank.pay(transId!)
  const say = (payment_status: string) => send(t, signed({ trans_id: transId, amount: '60.00', payment_status }))
  for (const status of ['completed', 'pending', 'completed', 'failed', 'pending'])
    expect((await say(status)).json()).toEqual({ status: 1 })
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
  await expect.poll(async () => (await eventsOf(t, transId!)).every(event => event.handledAt !== null)).toBe(true)
  expect(await t.db.$count(receipts)).toBe(1)
  expect((await rowOf(t, payment.id)).state).toBe('completed')
})

test('while the gateway is away an announcement waits, and is applied when it is back', async () => {
  await using t = await bank.openShop()
  t.hold()
  await bank.faults({ fail: 'check' })
  const { visitor, order, payment } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  await bank.pay(transId!)
  await triedInVain(t, transId!)
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')
  await bank.faultsOf(transId!, { fail: 'none' })
  t.forward(10_000)
  await retryGatewayEvents(t.deps)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
})

test('what is no announcement is 400 and not stored', async () => {
  await using t = await bank.openShop()
  const bodies: Record<string, string | Buffer> = {
    'a name twice': `{"data":{"trans_id":"A"},${signed({ trans_id: 'A' }).slice(1)}`,
    'over 64 KB': signed({ trans_id: 'A', pad: 'x'.repeat(70_000) }),
    'over a megabyte': signed({ trans_id: 'A', pad: 'x'.repeat(1_500_000) }),
    'invalid UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    'no JSON': 'trans_id=A',
    nothing: '',
    'no trans_id': signed({ amount: '1.00' }),
    'an amount that is none': signed({ trans_id: 'A', amount: '1e3' }),
  }
  for (const [what, body] of Object.entries(bodies)) {
    const { status, code } = (await send(t, body)).json<{ status: number; code: string }>()
    expect({ what, status, code }).toEqual({ what, status: 400, code: 'malformed_request' })
  }
  expect(await t.db.$count(gatewayEvents)).toBe(0)
})

test('the body is bytes, whatever content type it says, and fields we do not know are ignored', async () => {
  await using t = await bank.openShop()
  const body = signed({ trans_id: 'X', payment_status: 'pending', surprise: { deep: [1] } })
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', null])
    expect((await send(t, body, type)).json()).toEqual({ status: 1 })
  expect(await eventsOf(t, 'X')).toHaveLength(1)
})
