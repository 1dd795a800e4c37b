import { gatewayEvents, payments, receipts } from '@pix/db/schema/payments.ts'
import { ledgerPostings } from '@pix/db/schema/ledger.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bank, type Shop, signedByPayNoi, startBank } from '../bank-testing.ts'
import { unappliedRecent, webhooksTotal } from '../metrics.ts'
import { reconcilePayments, retryGatewayEvents } from '../sweep-payments.ts'
import { watchMoney } from '../watch-money.ts'
import { type Stranger, startStranger } from './stranger-testing.ts'

const MINUTE = 60_000
let bank: Bank
let stranger: Stranger
beforeAll(async () => {
  ;[bank, stranger] = await Promise.all([startBank(), startStranger()])
})
afterAll(() => Promise.all([bank.stop(), stranger.stop()]))
beforeEach(() => bank.faults())

const STRANGERS = '/api/payment/webhook/stranger'
const PAYNOIS = ['/api/payment/webhook', '/api/payment/webhook/paynoi']

const send = (t: Shop, url: string, payload: string) =>
  t.app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } })
const rowOf = async (t: Shop, paymentId: string) =>
  (await t.db.select().from(payments).where(eq(payments.id, paymentId)))[0]!
/** A QR of the second gateway. */
const strangersQr = async (t: Shop) => {
  t.takesNew('stranger')
  const purchase = await t.withQr(1)
  return { ...purchase, row: await rowOf(t, purchase.payment.id) }
}
const valueOf = async (metric: typeof webhooksTotal | typeof unappliedRecent, wanted: object) =>
  (await metric.get()).values.find(({ labels }) =>
    Object.entries(wanted).every(([name, value]) => Reflect.get(labels, name) === value),
  )?.value ?? 0

test('a payment goes through the gateway that takes new ones, and its webhook at its own address pays the order', async () => {
  await using t = await bank.openShop({ second: stranger.gateway })
  const { visitor, order, row, total } = await strangersQr(t)
  expect(row).toMatchObject({ gateway: 'stranger', state: 'pending', amountDue: total })
  stranger.takeMoney(row.transId!, total)
  const answer = await stranger.announce(t.url + STRANGERS, { id: row.transId, amount: total, state: 'paid' })
  expect([answer.status, await answer.json()]).toEqual([200, { status: 1 }])
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
  expect(await t.db.select().from(receipts)).toMatchObject([
    { gateway: 'stranger', transId: row.transId, reason: null },
  ])
})

test('the reconciler asks each payment’s own gateway, whichever takes new ones by then', async () => {
  await using t = await bank.openShop({ second: stranger.gateway })
  const theirs = await strangersQr(t)
  t.takesNew('paynoi')
  await bank.faults({ never: true })
  const ours = await t.withQr(1)
  expect(await rowOf(t, ours.payment.id)).toMatchObject({ gateway: 'paynoi' })
  stranger.takeMoney(theirs.row.transId!, theirs.total)
  t.forward(10_000)
  await reconcilePayments(t.deps)
  expect(await t.status(theirs.visitor, theirs.order.id)).toBe('fulfilled')
  expect(await t.status(ours.visitor, ours.order.id)).toBe('awaiting_payment')
})

test('a gateway’s webhook is refused at another’s address, counted there, and leaves no trace', async () => {
  await using t = await bank.openShop({ second: stranger.gateway })
  const { row, total } = await strangersQr(t)
  stranger.takeMoney(row.transId!, total)
  const forged = await Promise.all(
    ['paynoi', 'stranger'].map(gateway => valueOf(webhooksTotal, { gateway, outcome: 'bad_signature' })),
  )
  const says = { data: { trans_id: row.transId }, id: row.transId, amount: total, state: 'paid' }
  for (const address of PAYNOIS) {
    const answer = await stranger.announce(t.url + address, says)
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'bad_signature' }])
  }
  const data = { trans_id: row.transId, amount: '60.00', payment_status: 'completed' }
  expect((await send(t, STRANGERS, signedByPayNoi(data))).json()).toMatchObject({ status: 401, code: 'bad_signature' })
  expect(await t.db.$count(gatewayEvents)).toBe(0)
  expect(await valueOf(webhooksTotal, { gateway: 'paynoi', outcome: 'bad_signature' })).toBe(forged[0]! + 2)
  expect(await valueOf(webhooksTotal, { gateway: 'stranger', outcome: 'bad_signature' })).toBe(forged[1]! + 1)
})

test('a charge announced at another gateway under the same id or with our reference touches no payment; its money is kept', async () => {
  await using t = await bank.openShop({ second: stranger.gateway })
  t.hold()
  await bank.faults({ never: true })
  const { visitor, order, payment } = await t.withQr(1)
  const ours = await rowOf(t, payment.id)
  stranger.takeMoney(ours.transId!, 6_000)
  const says = { id: ours.transId, reference: ours.ref1, amount: 6_000, state: 'paid' }
  expect((await stranger.announce(t.url + STRANGERS, says)).status).toBe(200)
  t.forward(20 * MINUTE)
  await retryGatewayEvents(t.deps)

  expect(await t.db.select().from(gatewayEvents)).toMatchObject([{ gateway: 'stranger', outcome: 'unknown_charge' }])
  expect(await rowOf(t, payment.id)).toEqual(ours)
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')
  const kept = { gateway: 'stranger', transId: ours.transId, paymentId: null, amount: 6_000, appliedAt: null }
  expect(await t.db.select().from(receipts)).toMatchObject([kept])
  expect(await t.db.select().from(ledgerPostings)).toMatchObject([{ kind: 'unapplied_receipt', orderId: null }])
  await watchMoney(t.deps)
  expect(await valueOf(unappliedRecent, { gateway: 'stranger', reason: 'unknown_charge' })).toBe(1)
  expect(await valueOf(unappliedRecent, { gateway: 'paynoi', reason: 'unknown_charge' })).toBe(0)

  await bank.pay(ours.transId!)
  await reconcilePayments(t.deps)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
  expect(await t.db.$count(receipts)).toBe(2)
})

test('two gateways may give two charges the same id: each pays its own order', async () => {
  await using t = await bank.openShop({ second: stranger.gateway })
  const ours = await t.withQr(1)
  const { transId } = await rowOf(t, ours.payment.id)
  stranger.callNext(transId!)
  const theirs = await strangersQr(t)
  expect(theirs.row).toMatchObject({ gateway: 'stranger', transId })
  stranger.takeMoney(transId!, theirs.total)
  await stranger.announce(t.url + STRANGERS, { id: transId, state: 'paid' })
  await expect.poll(() => t.status(theirs.visitor, theirs.order.id)).toBe('fulfilled')
  expect(await t.status(ours.visitor, ours.order.id)).toBe('awaiting_payment')
  await bank.pay(transId!)
  await expect.poll(() => t.status(ours.visitor, ours.order.id)).toBe('fulfilled')
})

test('there is no address for a gateway that is not configured', async () => {
  await using t = await bank.openShop()
  for (const name of ['stranger', 'PAYNOI', 'pay%20noi', 'x'.repeat(60)]) {
    const answer = await send(t, `/api/payment/webhook/${name}`, signedByPayNoi({ trans_id: 'A' }))
    expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' })
  }
  expect((await send(t, '/api/payment/webhook/paynoi', signedByPayNoi({ trans_id: 'A' }))).json()).toEqual({
    status: 1,
  })
})

test('payments of a gateway that is configured no more wait, as in an outage, and hold nobody else up', async () => {
  await using t = await bank.openShop({ second: stranger.gateway })
  const theirs = await strangersQr(t)
  stranger.takeMoney(theirs.row.transId!, theirs.total)
  t.takesNew('paynoi')
  const ours = await t.withQr(1)
  await bank.faultsOf((await rowOf(t, ours.payment.id)).transId!, { never: true })
  await bank.pay((await rowOf(t, ours.payment.id)).transId!)
  const without = { ...t.deps, gateways: new Map([...t.deps.gateways].slice(0, 1)) }
  t.forward(10_000)
  await reconcilePayments(without)
  expect(await t.status(ours.visitor, ours.order.id)).toBe('fulfilled')
  expect((await rowOf(t, theirs.payment.id)).state).toBe('pending')
  t.forward(MINUTE)
  await reconcilePayments(t.deps)
  expect(await t.status(theirs.visitor, theirs.order.id)).toBe('fulfilled')
})
