import { createHmac } from 'node:crypto'
import { gatewayEvents, payments, receipts } from '@pix/db/schema/payments.ts'
import { ledgerPostings } from '@pix/db/schema/ledger.ts'
import { createLog } from '@pix/platform/log.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bank, type Shop, WEBHOOK_SECRET, startBank } from './bank-testing.ts'
import { givenUpRecent, unappliedRecent, unappliedTotal } from './metrics.ts'
import { retryGatewayEvents } from './sweep-payments.ts'
import { watchMoney } from './watch-money.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

/** A well signed announcement. */
function announce(t: Shop, data: object) {
  const text = JSON.stringify(data)
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(text).digest('hex')
  const payload = `{"data":${text},"signature":"${signature}"}`
  return t.app.inject({
    method: 'POST',
    url: '/api/payment/webhook',
    payload,
    headers: { 'content-type': 'application/json' },
  })
}
const rowOf = async (t: Shop, paymentId: string) =>
  (await t.db.select().from(payments).where(eq(payments.id, paymentId)))[0]!
const outcomesOf = async (t: Shop, transId: string) =>
  (await t.db.select().from(gatewayEvents).where(eq(gatewayEvents.transId, transId)))
    .map(event => event.outcome)
    .toSorted()
const counted = async (reason: string) =>
  (await unappliedTotal.get()).values.find(({ labels }) => labels.gateway === 'paynoi' && labels.reason === reason)
    ?.value
const watched = async (reason: string) =>
  (await unappliedRecent.get()).values.find(({ labels }) => labels.gateway === 'paynoi' && labels.reason === reason)
    ?.value
const listening = () => {
  const lines: string[] = []
  const log = createLog('api', { level: 'warn', pretty: false }, { write: line => void lines.push(line) })
  return { lines, log }
}

/** Money for an attempt whose `create` got no answer; the bank names its charge and nothing else. */
async function paidUnknown(t: Shop, says: object) {
  await bank.faults({ fail: 'create' })
  const { visitor } = await t.withCart(1)
  const order = (await t.order(visitor, 6_000)).json<{ id: string }>()
  expect((await t.payment(visitor, order.id)).statusCode).toBe(503)
  const { trans_id } = (await bank.charges())[0]!
  await bank.faultsOf(trans_id, { fail: 'none', never: true })
  await bank.pay(trans_id)
  await announce(t, { trans_id, ...says })
  return trans_id
}

test('verified money for a create that timed out, without a reference, is kept, posted, counted, logged and watched', async () => {
  const { lines, log } = listening()
  await using t = await bank.openShop({ log })
  t.hold()
  const before = (await counted('unknown_charge'))!
  const transId = await paidUnknown(t, { amount: '60.00', payment_status: 'completed' })
  t.forward(14 * MINUTE)
  await retryGatewayEvents(t.deps)
  expect(await t.db.$count(receipts)).toBe(0)

  t.forward(10 * MINUTE)
  await retryGatewayEvents(t.deps)
  expect(await outcomesOf(t, transId)).toEqual(['unknown_charge'])
  expect(await t.db.select().from(receipts)).toMatchObject([
    { paymentId: null, transId, amount: 6_000, appliedAt: null, reason: 'unknown_charge' },
  ])
  expect(await t.db.select().from(ledgerPostings)).toMatchObject([{ kind: 'unapplied_receipt', orderId: null }])
  expect(await counted('unknown_charge')).toBe(before + 1)
  expect(lines.filter(line => line.includes('pays no order') && line.includes(transId))).toHaveLength(1)
  await watchMoney(t.deps)
  expect(await watched('unknown_charge')).toBe(1)

  await announce(t, { trans_id: transId, amount: '60.00', payment_status: 'paid' })
  t.forward(HOUR)
  await retryGatewayEvents(t.deps)
  expect(await outcomesOf(t, transId)).toEqual(['unknown_charge', 'unknown_charge'])
  expect(await t.db.$count(receipts)).toBe(1)
  expect(await counted('unknown_charge')).toBe(before + 1)
  t.forward(24 * HOUR)
  await watchMoney(t.deps)
  expect(await watched('unknown_charge')).toBe(0)
})

test('money of an unknown charge that names no amount is kept too, and posted once its payment is known', async () => {
  await using t = await bank.openShop()
  t.hold()
  const transId = await paidUnknown(t, { payment_status: 'completed' })
  t.forward(16 * MINUTE)
  await retryGatewayEvents(t.deps)
  expect(await t.db.select().from(receipts)).toMatchObject([{ paymentId: null, amount: null }])
  expect(await t.db.$count(ledgerPostings)).toBe(0)

  const [payment] = await t.db.select().from(payments)
  await announce(t, { trans_id: transId, ref1: payment!.ref1, payment_status: 'paid' })
  await expect.poll(async () => (await rowOf(t, payment!.id)).state).toBe('completed')
  expect(await t.db.select().from(receipts)).toMatchObject([{ paymentId: payment!.id, amount: 6_000, appliedAt: null }])
  expect(await t.db.select().from(ledgerPostings)).toMatchObject([{ kind: 'unapplied_receipt' }])
})

test('an announcement of money is not given up while the gateway cannot be asked', async () => {
  await using t = await bank.openShop()
  t.hold()
  const transId = await paidUnknown(t, { amount: '60.00', payment_status: 'completed' })
  await bank.faultsOf(transId, { fail: 'check' })
  t.forward(25 * HOUR)
  await retryGatewayEvents(t.deps)
  expect(await outcomesOf(t, transId)).toEqual([null])
  await bank.faultsOf(transId, { fail: 'none' })
  t.forward(HOUR)
  await retryGatewayEvents(t.deps)
  expect(await t.db.$count(receipts)).toBe(1)
})

test('an announcement of money that the gateway never confirms is given up after a day, logged and watched', async () => {
  const { lines, log } = listening()
  await using t = await bank.openShop({ log })
  t.hold()
  await announce(t, { trans_id: 'NOBODYS', payment_status: 'completed' })
  await announce(t, { trans_id: 'NOBODYS', payment_status: 'pending' })
  t.forward(25 * HOUR)
  await retryGatewayEvents(t.deps)
  expect(await outcomesOf(t, 'NOBODYS')).toEqual(['given_up', 'never_paid'])
  expect(lines.filter(line => line.includes('was given up') && line.includes('NOBODYS'))).toHaveLength(1)
  await watchMoney(t.deps)
  expect((await givenUpRecent.get()).values).toMatchObject([{ labels: { gateway: 'paynoi' }, value: 1 }])
})

test('a second charge is counted and logged once, however often it is announced', async () => {
  const { lines, log } = listening()
  await using t = await bank.openShop({ log })
  const before = (await counted('second_payment'))!
  await bank.faults({ secondPayment: true, duplicateWebhooks: 3 })
  const { payment } = await t.withQr(1)
  await bank.pay((await rowOf(t, payment.id)).transId!)
  await expect.poll(() => counted('second_payment')).toBe(before + 1)
  expect(await t.db.$count(receipts)).toBe(2)
  expect(lines.filter(line => line.includes('pays no order') && line.includes('second_payment'))).toHaveLength(1)
  await watchMoney(t.deps)
  expect(await watched('second_payment')).toBe(1)
})
