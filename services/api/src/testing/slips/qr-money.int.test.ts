import type { Order } from '@pix/contracts/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inboxOf } from '../../care/inbox/testing.ts'
import { checkLedger } from '../../money/ledger/check-ledger.ts'
import { type Bank, startBank } from '../../money/payments/bank-testing.ts'
import { addSlip, found, takeTransfers } from '../../money/payments/slips/testing.ts'

const MINUTE = 60_000

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

test('the slip of what another order’s QR was paid with is not taken in here, unless the statement shows that amount twice', async () => {
  await using t = await bank.openShop()
  await takeTransfers(t)
  const inbox = await inboxOf(t)
  const arrived = (id: string, body: object) => inbox.ask('POST', `/slip/${id}/arrived`, body)
  const ordered = async () => {
    const { visitor } = await t.withCart(1)
    return { visitor, order: (await t.order(visitor, 6_000)).json<Order>() }
  }
  const paid = await t.withQr(1)
  const [row] = await t.db.select().from(payments).where(eq(payments.id, paid.payment.id))
  await bank.pay(row!.transId!)
  await expect.poll(() => t.status(paid.visitor, paid.order.id)).toBe('fulfilled')
  const other = await ordered()
  const id = await addSlip(t, other.order.id)
  const at = (ms: number) => ({ arrivedAt: new Date(row!.createdAt.getTime() + ms).toISOString() })
  const refused = await arrived(id, { ...found('KB-0160'), ...at(MINUTE) })
  expect(refused.json()).toMatchObject({
    code: 'money_taken_in',
    errors: [{ message: paid.order.number }],
  })
  expect(await t.db.select().from(slips)).toMatchObject([{ state: 'waiting' }])
  expect(await t.status(other.visitor, other.order.id)).toBe('pending')

  expect((await arrived(id, { ...found('KB-0160', { isNotTakenIn: true }), ...at(MINUTE) })).statusCode).toBe(204)
  expect(await t.status(other.visitor, other.order.id)).toBe('fulfilled')
  const [later, dearer] = [await ordered(), await ordered()]
  const others = [await addSlip(t, later.order.id), await addSlip(t, dearer.order.id)] as const
  expect((await arrived(others[0], { ...found('KB-0161'), ...at(30 * MINUTE) })).statusCode).toBe(204)
  expect((await arrived(others[1], { ...found('KB-0162', { satang: 6_001 }), ...at(MINUTE) })).statusCode).toBe(204)
  expect(await checkLedger(t.db)).toMatchObject({ unbalanced: 0, wrong: 0 })
})

test('it is not taken in as a second payment of a paid order, either', async () => {
  await using t = await bank.openShop()
  await takeTransfers(t)
  const inbox = await inboxOf(t)
  const paidByQr = async () => {
    const bought = await t.withQr(1)
    const [row] = await t.db.select().from(payments).where(eq(payments.id, bought.payment.id))
    await bank.pay(row!.transId!)
    await expect.poll(() => t.status(bought.visitor, bought.order.id)).toBe('fulfilled')
    return { ...bought, at: row!.createdAt }
  }
  const [one, two] = [await paidByQr(), await paidByQr()]
  const id = await addSlip(t, two.order.id)
  const arrived = async (confirmed: Parameters<typeof found>[1]) =>
    inbox.ask('POST', `/slip/${id}/arrived`, { ...found('KB-0170', confirmed), arrivedAt: one.at.toISOString() })
  expect((await arrived({ isNotTakenIn: true })).json().code).toBe('order_already_paid')
  expect((await arrived({ isSecond: true })).json()).toMatchObject({
    code: 'money_taken_in',
    errors: [{ message: one.order.number }],
  })
  expect(await t.db.$count(receipts)).toBe(2)
  expect((await arrived({ isSecond: true, isNotTakenIn: true })).statusCode).toBe(204)
  expect(await t.db.$count(receipts)).toBe(3)
})
