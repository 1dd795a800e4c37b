import { ledgerAccounts, ledgerEntries } from '@pix/db/schema/ledger.ts'
import { orderArchives } from '@pix/db/schema/orders.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bank, type Shop, startBank } from './bank-testing.ts'
import { confirmPayment } from './confirm-payment.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

const chargeOf = async (number: string) => {
  const reference = number.replace(/^PX-\d\d(\d\d)-/, 'PX$1')
  const charge = (await bank.charges()).find(one => one.ref1.startsWith(`${reference}A`))
  if (!charge) throw new Error('the bank has no such charge')
  return charge
}

/** Satang by account. */
const balances = async (t: Shop) => {
  const rows = await t.db
    .select({ kind: ledgerAccounts.kind, amount: ledgerEntries.amount })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
  const sums: Record<string, number> = {}
  for (const { kind, amount } of rows) sums[kind] = (sums[kind] ?? 0) + amount
  return sums
}

test('the whole purchase: cart, order, QR, the bank announces, downloads open, the split adds up to the price', async () => {
  await using t = await bank.openShop()
  const organizer = t.deps.newId()
  await t.db.insert(organizers).values({ id: organizer, name: 'Run Club' })
  const { visitor, order, payment, photoIds } = await t.withQr(6, { organizer })
  expect(order).toMatchObject({ status: 'pending', total: { amount: 31_000 } })
  expect(order.number).toMatch(/^PX-\d{4}-\d{6}$/)
  expect(payment).toMatchObject({ state: 'pending', orderStatus: 'awaiting_payment', amount: { amount: 31_000 } })
  expect(payment.qrImage).toMatch(/^data:image\/png;base64,iVBOR/)
  expect((await t.get(visitor, `/api/orders/${order.id}/download`)).statusCode).toBe(404)

  await bank.pay((await chargeOf(order.number)).trans_id)
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')

  // Four photos at 51.67 and two at 51.66, each split by itself.
  expect(await balances(t)).toEqual({
    gateway_clearing: 31_000,
    platform_revenue: -9_300,
    photographer_payable: -15_502,
    organizer_payable: -6_198,
  })
  const downloads = (await t.get(visitor, `/api/orders/${order.id}/download`)).json()
  const [part] = downloads.events
  expect(part.photos.map((one: { photo: { id: string } }) => one.photo.id)).toEqual(photoIds)
  expect(part.archive.state).toBe('queued')
  expect(await t.db.select().from(outgoingMail).orderBy(outgoingMail.template)).toMatchObject([
    { template: 'first_sale' },
    { template: 'order_paid', recipient: 'a@b.example' },
  ])
  expect(await t.db.$count(orderArchives)).toBe(1)
  const other = await t.visitor()
  for (const path of [
    `/api/orders/${order.id}`,
    `/api/orders/${order.id}/download`,
    `/api/payment/${payment.id}/status`,
  ])
    expect((await t.get(other, path)).statusCode).toBe(404)
})

test('satang that the gateway adds are shown, expected and posted as rounding, outside the split', async () => {
  await using t = await bank.openShop()
  await bank.faults({ satang: 7 })
  const { visitor, order, payment } = await t.withQr(1)
  expect(payment).toMatchObject({ amount: { amount: 6_007 }, orderTotal: { amount: 6_000 } })
  await bank.pay((await chargeOf(order.number)).trans_id)
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
  expect(await balances(t)).toEqual({
    gateway_clearing: 6_007,
    platform_revenue: -3_000,
    photographer_payable: -3_000,
    payment_rounding: -7,
  })
})

test('an answered amount more than 1.00 THB away is refused, and the order can be paid by another attempt', async () => {
  await using t = await bank.openShop()
  await bank.faults({ satang: 101 })
  const { visitor } = await t.withCart(1)
  const placed = (await t.order(visitor, 6_000)).json()
  expect((await t.payment(visitor, placed.id)).json()).toMatchObject({ status: 503, code: 'gateway_unavailable' })
  await bank.faults({ satang: -100 })
  expect((await t.payment(visitor, placed.id)).json()).toMatchObject({ state: 'pending', amount: { amount: 5_900 } })
  const refs = (await t.db.select({ ref1: payments.ref1 }).from(payments)).map(row => row.ref1.slice(-2))
  expect(refs.toSorted()).toEqual(['A1', 'A2'])
})

test('without a picture from the gateway an EMVCo QR is drawn', async () => {
  await using t = await bank.openShop()
  await bank.faults({ noQrImage: true })
  const { payment } = await t.withQr(1)
  expect(payment.qrImage).toMatch(/^data:image\/png;base64,iVBOR/)
})

test('a bank that is slow or broken gives a clear answer, keeps the order, and is asked again with a new reference', async () => {
  await using t = await bank.openShop()
  const { visitor } = await t.withCart(1)
  const placed = (await t.order(visitor, 6_000)).json()
  for (const [patienceMs, fault] of [
    [3_000, { slowMs: 120_000 }],
    [60_000, { fail: 'create' }],
  ] as const) {
    t.patience(patienceMs)
    await bank.faults(fault)
    const refused = await t.payment(visitor, placed.id)
    expect(refused.json()).toMatchObject({ status: 503, code: 'gateway_unavailable' })
    expect(refused.headers['retry-after']).toBe('5')
  }
  await bank.faults()
  expect((await t.payment(visitor, placed.id)).json()).toMatchObject({ state: 'pending' })
  const refs = (await bank.charges()).slice(0, 3).map(charge => charge.ref1.slice(-2))
  expect(refs).toEqual(['A3', 'A2', 'A1'])
})

test('a charge whose creation timed out and is paid all the same is adopted by its reference', async () => {
  await using t = await bank.openShop()
  const { visitor } = await t.withCart(1)
  const placed = (await t.order(visitor, 6_000)).json()
  await bank.faults({ fail: 'create' })
  await t.payment(visitor, placed.id)
  const charge = await chargeOf(placed.number)
  await bank.faultsOf(charge.trans_id, { fail: 'none' })
  await bank.pay(charge.trans_id)
  await expect.poll(() => t.status(visitor, placed.id)).toBe('fulfilled')
})

test('a double click on pay makes one charge, with the same key or with two', async () => {
  await using t = await bank.openShop()
  const { visitor } = await t.withCart(1)
  const placed = (await t.order(visitor, 6_000)).json()
  const before = (await bank.charges()).length
  const answers = await Promise.all([
    t.payment(visitor, placed.id, 'same'),
    t.payment(visitor, placed.id, 'same'),
    t.payment(visitor, placed.id, 'another'),
  ])
  const made = answers.filter(answer => answer.statusCode === 201).map(answer => answer.json().id)
  expect(new Set(made).size).toBe(1)
  expect(answers.map(answer => answer.statusCode).filter(code => code !== 201 && code !== 409)).toEqual([])
  expect((await bank.charges()).length).toBe(before + 1)
  expect((await t.payment(visitor, placed.id, 'same')).json().id).toBe(made[0])
})

test('a payment announced fifty times at once is credited once, to the satang', async () => {
  await using t = await bank.openShop()
  await bank.faults({ never: true })
  const { order, payment } = await t.withQr(6)
  await bank.pay((await chargeOf(order.number)).trans_id)

  const outcomes = await Promise.all(Array.from({ length: 50 }, () => confirmPayment(t.system, payment.id)))

  expect(outcomes.filter(outcome => outcome === 'confirmed')).toHaveLength(1)
  expect(outcomes.filter(outcome => outcome === 'repeated')).toHaveLength(49)
  expect((await balances(t)).gateway_clearing).toBe(31_000)
  expect(await t.db.$count(receipts)).toBe(1)
})

test('fifty webhooks for one order at once change nothing after the first', async () => {
  await using t = await bank.openShop()
  await bank.faults({ duplicateWebhooks: 49 })
  const { visitor, order } = await t.withQr(1)
  const { trans_id } = await chargeOf(order.number)
  await bank.pay(trans_id)
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
  const once = await balances(t)
  expect(once.gateway_clearing).toBe(6_000)
  // The buyer's letter, and that of the photographer's first sale.
  expect(await t.db.$count(outgoingMail)).toBe(2)
})

test('paying twice keeps the second money as an unapplied receipt', async () => {
  await using t = await bank.openShop()
  await bank.faults({ secondPayment: true })
  const { visitor, order } = await t.withQr(1)
  await bank.pay((await chargeOf(order.number)).trans_id)
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
  await expect.poll(() => t.db.$count(receipts)).toBe(2)
  const kept = (await t.db.select().from(receipts)).find(receipt => receipt.reason !== null)
  expect(kept).toMatchObject({ reason: 'second_payment', amount: 6_000, appliedAt: null })
  expect(await balances(t)).toMatchObject({ gateway_clearing: 12_000, unapplied_receipts: -6_000 })
})

test('the stream of a payment sends each change, and ends when the order is fulfilled', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment } = await t.withQr(1)
  const answer = await fetch(`${t.url}/api/payment/${payment.id}/status`, {
    headers: { ...visitor.headers, accept: 'text/event-stream' },
  })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const reading = answer.text()
  await bank.pay((await chargeOf(order.number)).trans_id)
  const states = [...(await reading).matchAll(/^data: (.*)$/gm)].map(
    ([, data]) => JSON.parse(data!).orderStatus as string,
  )
  expect(states[0]).toBe('awaiting_payment')
  expect(states.at(-1)).toBe('fulfilled')
})
