import type { Order } from '@pix/contracts/orders.ts'
import type { Refunds } from '@pix/contracts/refunds.ts'
import { ledgerAccounts, ledgerEntries } from '@pix/db/schema/ledger.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { eq, sum } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inboxOf } from '../../care/inbox/testing.ts'
import { checkLedger } from '../../money/ledger/check-ledger.ts'
import { recordUnapplied } from '../../money/ledger/index.ts'
import { type Bank, type Shop, startBank } from '../../money/payments/bank-testing.ts'
import { erasePayees } from '../../money/refunds/erase-payees.ts'
import { PROMPTPAY } from '../../money/refunds/testing.ts'

const DAY = 86_400_000
let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

type Bought = Awaited<ReturnType<Shop['withQr']>>

/** A buyer pays another amount than the QR asked for. */
async function paidWrongly(t: Shop, amount: string): Promise<Bought & { receiptId: string }> {
  const bought = await t.withQr(1)
  const [row] = await t.db.select().from(payments).where(eq(payments.id, bought.payment.id))
  await bank.pay(row!.transId!, { amount })
  await expect.poll(() => t.db.$count(receipts, eq(receipts.paymentId, row!.id))).toBe(1)
  const [receipt] = await t.db.select().from(receipts).where(eq(receipts.paymentId, row!.id))
  return { ...bought, receiptId: receipt!.id }
}
const orderOf = async (t: Shop, { visitor, order }: Bought) =>
  (await t.get(visitor, `/api/orders/${order.id}`)).json<Order>()
const refundsOf = async (t: Shop, { visitor, order }: Bought) =>
  (await t.get(visitor, `/api/orders/${order.id}/refunds`)).json<Refunds>()
const askBack = (t: Shop, { visitor, order }: Bought) =>
  t.post(visitor, `/api/orders/${order.id}/money-back`, { payee: PROMPTPAY })
const baht = (amount: number) => ({ amount, currency: 'THB' })
const linesOf = async (inbox: Awaited<ReturnType<typeof inboxOf>>) => (await inbox.read()).items

/** Satang by account, credits positive; accounts that are even are left out. */
async function balances(t: Shop): Promise<Record<string, number>> {
  const rows = await t.db
    .select({ kind: ledgerAccounts.kind, total: sum(ledgerEntries.amount).mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .groupBy(ledgerAccounts.kind)
  return Object.fromEntries(rows.filter(row => row.total !== 0).map(row => [row.kind, -row.total]))
}

test('too little money is asked back, the order is paid again, and the first money goes back with the bank’s reference', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const bought = await paidWrongly(t, '59.00')
  expect(await orderOf(t, bought)).toMatchObject({ status: 'awaiting_payment', keptMoney: { reason: 'wrong_amount' } })
  expect((await t.payment(bought.visitor, bought.order.id)).statusCode).toBe(409)

  const asked = await askBack(t, bought)
  expect([asked.statusCode, asked.json().items]).toMatchObject([
    201,
    [{ state: 'requested', amount: { amount: 5_900 } }],
  ])
  expect((await askBack(t, bought)).json().code).toBe('nothing_to_refund')
  expect(await orderOf(t, bought)).toMatchObject({ status: 'awaiting_payment', keptMoney: null })

  const again = (await t.payment(bought.visitor, bought.order.id)).json()
  expect(await orderOf(t, bought)).toMatchObject({ paymentId: again.id })
  const [row] = await t.db.select().from(payments).where(eq(payments.id, again.id))
  await bank.pay(row!.transId!)
  await expect.poll(() => t.status(bought.visitor, bought.order.id)).toBe('fulfilled')
  expect(await orderOf(t, bought)).toMatchObject({ paymentId: again.id })

  const [line] = await linesOf(inbox)
  expect(line).toMatchObject({ kind: 'refund', about: { state: 'requested', order: { number: bought.order.number } } })
  expect((await inbox.ask('GET', `/refund/${line!.id}/payee`)).json().code).toBe('line_closed')
  const approve = { decision: 'approved', reason: 'came short' }
  expect((await inbox.ask('POST', `/refund/${line!.id}/decide`, approve)).statusCode).toBe(204)
  expect((await inbox.ask('POST', `/refund/${line!.id}/decide`, approve)).json().code).toBe('line_closed')
  expect(await balances(t)).toMatchObject({ gateway_clearing: -11_900, refunds: 5_900 })
  expect((await inbox.ask('GET', `/refund/${line!.id}/payee`)).json()).toEqual({ payee: PROMPTPAY })
  expect((await inbox.ask('POST', `/refund/${line!.id}/transferred`, { reference: 'KB-7' })).statusCode).toBe(204)

  const after = await balances(t)
  expect([after.gateway_clearing, after.refunds, after.unapplied_receipts]).toEqual([-6_000, undefined, undefined])
  expect(await linesOf(inbox)).toEqual([])
  expect(await refundsOf(t, bought)).toMatchObject({ items: [{ state: 'transferred' }], refundable: [{}] })
  expect(await t.status(bought.visitor, bought.order.id)).toBe('fulfilled')
  const [letter] = await t.db.select().from(outgoingMail).where(eq(outgoingMail.template, 'refund_sent'))
  expect(letter!.facts).toMatchObject({ baht: '฿59', order: bought.order.number })
  expect(await checkLedger(t.db)).toMatchObject({ unbalanced: 0, wrong: 0, held: 0, heldAmount: 0 })
})

test('too much money is applied to its order by a person: the photos are the buyer’s, the surplus goes back', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const bought = await paidWrongly(t, '160.00')
  expect((await inbox.ask('POST', `/receipt/${bought.receiptId}/apply`, {})).statusCode).toBe(204)
  expect(await orderOf(t, bought)).toMatchObject({ status: 'fulfilled', keptMoney: null })
  expect((await t.get(bought.visitor, `/api/orders/${bought.order.id}/download`)).statusCode).toBe(200)
  expect(await balances(t)).toMatchObject({ gateway_clearing: -16_000, refunds: 10_000 })
  expect((await inbox.ask('POST', `/receipt/${bought.receiptId}/apply`, {})).json().code).toBe('line_closed')

  const [line] = await linesOf(inbox)
  expect(line).toMatchObject({ kind: 'refund', about: { state: 'approved', amount: { amount: 10_000 } } })
  expect((await inbox.ask('GET', `/refund/${line!.id}/payee`)).json()).toEqual({ payee: null })
  await inbox.ask('POST', `/refund/${line!.id}/transferred`, { reference: 'KB-8' })
  expect(await balances(t)).toMatchObject({ gateway_clearing: -6_000 })
  expect(await checkLedger(t.db)).toMatchObject({ unbalanced: 0, wrong: 0, held: 0, heldAmount: 0 })
})

test('money pays another order that a person names; one that is paid, unknown or dearer is refused and nothing changes', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const paid = await paidWrongly(t, '60.01')
  const dear = await t.withQr(3)
  const other = await t.withQr(1)
  const apply = async (orderNumber?: string) =>
    (await inbox.ask('POST', `/receipt/${paid.receiptId}/apply`, { ...(orderNumber && { orderNumber }) })).json()
  expect((await apply('PX-2026-999999')).code).toBe('not_found')
  expect((await apply(dear.order.number)).code).toBe('receipt_too_small')
  expect(
    (await inbox.ask('POST', `/receipt/${paid.receiptId}/apply`, { orderNumber: other.order.number })).statusCode,
  ).toBe(204)
  expect(await t.status(other.visitor, other.order.id)).toBe('fulfilled')
  expect(await t.status(paid.visitor, paid.order.id)).toBe('awaiting_payment')
  expect(await balances(t)).toMatchObject({ gateway_clearing: -6_001, payment_rounding: 1 })

  const second = await paidWrongly(t, '61.00')
  const answer = await inbox.ask('POST', `/receipt/${second.receiptId}/apply`, { orderNumber: other.order.number })
  expect(answer.json().code).toBe('order_already_paid')
  expect(await t.db.$count(refunds)).toBe(0)
})

test('money of which nobody knows what it was for pays the order that a person names, and none without a name', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const { visitor, order } = await t.withQr(1)
  const [id, charge] = [t.deps.newId(), { gateway: 'paynoi', transId: 'NOBODYS' }]
  await t.db.insert(receipts).values({ id, ...charge, amount: 6_000, reason: 'unknown_charge' })
  await t.db.transaction(tx => recordUnapplied(t.deps, tx, null, { receiptId: id, amount: 6_000 }))
  expect((await inbox.ask('POST', `/receipt/${id}/apply`, {})).json().code).toBe('not_found')
  expect((await inbox.ask('POST', `/receipt/${id}/apply`, { orderNumber: order.number })).statusCode).toBe(204)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
  expect(await checkLedger(t.db)).toMatchObject({ unbalanced: 0, wrong: 0, held: 0, heldAmount: 0 })
})

test('money of which nobody knows the amount goes back once a person has found it on the statement, and pays an order alike', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const { visitor, order } = await t.withQr(1)
  const [back, pays] = [t.deps.newId(), t.deps.newId()]
  const nobodys = { gateway: 'paynoi', amount: null, reason: 'unknown_charge' }
  await t.db.insert(receipts).values({ id: back, transId: 'NOBODYS-1', ...nobodys })
  await t.db.insert(receipts).values({ id: pays, transId: 'NOBODYS-2', ...nobodys })
  const giveBack = (amount?: number) =>
    inbox.ask('POST', `/receipt/${back}/give-back`, { payee: null, ...(amount && { amount: baht(amount) }) })
  const apply = (amount?: number) =>
    inbox.ask('POST', `/receipt/${pays}/apply`, {
      orderNumber: order.number,
      ...(amount && { amount: baht(amount) }),
    })
  for (const answer of [await giveBack(), await apply()]) expect(answer.json().code).toBe('amount_unknown')
  expect((await apply(5_000)).json().code).toBe('receipt_too_small')
  expect(await balances(t)).toEqual({})

  expect((await giveBack(4_550)).statusCode).toBe(204)
  expect(await balances(t)).toEqual({ gateway_clearing: -4_550, refunds: 4_550 })
  expect((await apply(6_100 + 25)).statusCode).toBe(204)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
  expect(await balances(t)).toMatchObject({ gateway_clearing: -10_675, refunds: 4_550 + 125 })
  expect((await giveBack(4_550)).json().code).toBe('line_closed')
  expect(await checkLedger(t.db)).toMatchObject({ unbalanced: 0, wrong: 0, held: 0, heldAmount: 0 })
})

test('an amount that a person found does not change one that was said', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const { receiptId } = await paidWrongly(t, '59.00')
  const other = { payee: null, amount: { amount: 600_000, currency: 'THB' } }
  expect((await inbox.ask('POST', `/receipt/${receiptId}/give-back`, other)).json().code).toBe('illegal_state')
  expect(await t.db.select().from(receipts)).toMatchObject([{ amount: 5_900, givenBackAt: null }])
})

test('of two people who apply and give back the same money at once one does it, and it is counted once', async () => {
  await using t = await bank.openShop()
  const [a, b] = [await inboxOf(t, await t.user('admin')), await inboxOf(t, await t.user('admin'))]
  const { receiptId } = await paidWrongly(t, '60.50')
  const answers = await Promise.all([
    a.ask('POST', `/receipt/${receiptId}/apply`, {}),
    b.ask('POST', `/receipt/${receiptId}/give-back`, { payee: PROMPTPAY }),
  ])
  expect(answers.map(answer => answer.statusCode).toSorted()).toEqual([204, 409])
  const { refunds: owed = 0, unapplied_receipts: waiting = 0 } = await balances(t)
  expect([waiting, owed]).toEqual([0, answers[0]!.statusCode === 204 ? 0 : 6_050])
})

test('a refused request for kept money leaves it waiting again, and the buyer reads why', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const bought = await paidWrongly(t, '61.00')
  await askBack(t, bought)
  const [line] = await linesOf(inbox)
  await inbox.ask('POST', `/refund/${line!.id}/decide`, { decision: 'refused', reason: 'it pays your order' })
  expect(await linesOf(inbox)).toMatchObject([{ kind: 'receipt', id: bought.receiptId }])
  expect(await refundsOf(t, bought)).toMatchObject({ items: [{ decisionReason: 'it pays your order' }] })
  expect((await orderOf(t, bought)).keptMoney).not.toBeNull()
  expect(await t.db.$count(outgoingMail, eq(outgoingMail.template, 'refund_refused'))).toBe(1)
  expect((await askBack(t, bought)).statusCode).toBe(201)
})

test('where money went is encrypted, and erased 90 days after', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const bought = await paidWrongly(t, '1.00')
  await askBack(t, bought)
  const [line] = await linesOf(inbox)
  await inbox.ask('POST', `/refund/${line!.id}/decide`, { decision: 'approved', reason: 'short' })
  await inbox.ask('POST', `/refund/${line!.id}/transferred`, { reference: 'KB-9' })
  const stored = async () => (await t.db.select().from(refunds))[0]!.payee
  expect((await stored())!.toString('latin1')).not.toContain(PROMPTPAY.kind === 'promptpay' ? PROMPTPAY.id : '')
  t.forward(89 * DAY)
  await erasePayees(t.deps)
  expect(await stored()).not.toBeNull()
  t.forward(2 * DAY)
  await erasePayees(t.deps)
  expect(await stored()).toBeNull()
})
