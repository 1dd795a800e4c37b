import { gatewayEvents, payments, receipts } from '@pix/db/schema/payments.ts'
import { verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { createLog } from '@pix/platform/log.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bank, type Shop, startBank } from './bank-testing.ts'
import { checkLedger } from '../ledger/index.ts'
import { givenUpRecent, unappliedRecent, unappliedTotal } from './metrics.ts'
import { reconcilePayments, retryGatewayEvents } from './sweep-payments.ts'
import { watchMoney } from './watch-money.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

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
  await t.announce({ trans_id, ...says })
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

  await t.announce({ trans_id: transId, amount: '60.00', payment_status: 'paid' })
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
  await t.announce({ trans_id: transId, ref1: payment!.ref1, payment_status: 'paid' })
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
  await t.announce({ trans_id: 'NOBODYS', payment_status: 'completed' })
  await t.announce({ trans_id: 'NOBODYS', payment_status: 'pending' })
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

/** An order that the gateway's answer alone has paid: the announcement, which names the amount, did not come yet. */
async function paidByCheck(t: Shop) {
  const { visitor, order, payment } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  await bank.faultsOf(transId!, { never: true })
  await bank.pay(transId!)
  t.forward(MINUTE)
  await reconcilePayments(t.deps)
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
  return { visitor, order, transId: transId! }
}

test('what an announcement names beyond what was credited before it is kept once, posted, and said to the buyer', async () => {
  await using t = await bank.openShop()
  const { visitor, order, transId } = await paidByCheck(t)
  const before = (await counted('surplus'))!
  for (const payment_status of ['completed', 'paid'])
    await t.announce({ trans_id: transId, amount: '160.00', payment_status })
  await expect.poll(() => outcomesOf(t, transId)).toEqual(['repeated', 'surplus'])

  const kept = await t.db.select().from(receipts).orderBy(receipts.amount)
  expect(kept).toMatchObject([
    { transId, amount: 6_000, reason: null },
    { amount: 10_000, reason: 'surplus', appliedAt: null },
  ])
  const postings = await t.db.select().from(ledgerPostings)
  expect(postings.map(({ kind }) => kind).toSorted()).toEqual(['sale', 'unapplied_receipt'])
  expect(await counted('surplus')).toBe(before + 1)
  const shown = (await t.get(visitor, `/api/orders/${order.id}`)).json()
  expect(shown).toMatchObject({ status: 'fulfilled', keptMoney: { reason: 'surplus', amount: { amount: 10_000 } } })
})

test('an announcement of the amount that was credited before it changes nothing', async () => {
  await using t = await bank.openShop()
  const { transId } = await paidByCheck(t)
  await t.announce({ trans_id: transId, amount: '60.00', payment_status: 'completed' })
  await expect.poll(() => outcomesOf(t, transId)).toEqual(['repeated'])
  expect(await t.db.select().from(receipts)).toMatchObject([{ amount: 6_000, short: null }])
  expect(await t.db.$count(ledgerPostings)).toBe(1)
})

test('what an announcement names less than was credited before it is taken out of the books once', async () => {
  await using t = await bank.openShop()
  const { visitor, order, transId } = await paidByCheck(t)
  for (const payment_status of ['completed', 'paid'])
    await t.announce({ trans_id: transId, amount: '59.99', payment_status })
  await expect.poll(() => outcomesOf(t, transId)).toEqual(['repeated', 'shortfall'])
  expect(await t.db.select().from(receipts)).toMatchObject([{ amount: 6_000, short: 1 }])
  const clearing = await t.db
    .select({ kind: ledgerPostings.kind, amount: ledgerEntries.amount })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(eq(ledgerAccounts.kind, 'gateway_clearing'))
    .orderBy(ledgerPostings.position)
  expect(clearing).toEqual([
    { kind: 'sale', amount: 6_000 },
    { kind: 'shortfall', amount: -1 },
  ])
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
  expect(await verifyLedger(t.db)).toMatchObject({ postings: 2, faults: 0 })
  await t.db.update(receipts).set({ short: 2 })
  expect((await verifyLedger(t.db)).first).toMatchObject({ what: 'not_recomputed' })
})

test('of money that waits, what an announcement names less is neither given back nor applied', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment, photos: bought } = await t.withQr(1)
  const { transId } = await rowOf(t, payment.id)
  await t.db
    .update(photos)
    .set({ takenDownAt: t.deps.now(), approval: 'rejected', rejectReason: 'taken down', decidedAt: t.deps.now() })
    .where(eq(photos.id, bought[0]!.id))
  await bank.faultsOf(transId!, { never: true })
  await bank.pay(transId!)
  t.forward(MINUTE)
  await reconcilePayments(t.deps)
  await t.announce({ trans_id: transId, amount: '10.00', payment_status: 'completed' })
  await expect.poll(() => outcomesOf(t, transId!)).toEqual(['shortfall'])

  expect(await t.db.select().from(receipts)).toMatchObject([{ reason: 'photo_gone', amount: 6_000, short: 5_000 }])
  const shown = (await t.get(visitor, `/api/orders/${order.id}`)).json()
  expect(shown.keptMoney).toMatchObject({ amount: { amount: 1_000 } })
  expect(await checkLedger(t.db)).toMatchObject({ held: 1, heldAmount: 1_000, unbalanced: 0, wrong: 0 })
  const payee = { kind: 'promptpay', id: '0812345678' }
  const back = await t.post(visitor, `/api/orders/${order.id}/money-back`, { payee })
  expect(back.json()).toMatchObject({ items: [{ amount: { amount: 1_000 } }] })
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0 })
})
