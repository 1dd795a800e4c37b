import { payments } from '@pix/db/schema/payments.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addNotice, hoursFromNow } from '../../testing/notices.ts'
import { type Bank, startBank } from './bank-testing.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

test('money that is paid during maintenance pays its order, whose photos can be downloaded at once; nothing new can be ordered', async () => {
  await using t = await bank.openShop()
  const { visitor, order, payment, total } = await t.withQr(1)
  await addNotice(t, 'maintenance', { urgent: true, pauses: true, startsAt: hoursFromNow(-1), endsAt: hoursFromNow(1) })
  t.forward(3_000)
  expect((await t.order(visitor, total)).json()).toMatchObject({ status: 503, code: 'maintenance' })
  expect((await t.payment(visitor, order.id)).json()).toMatchObject({ status: 503, code: 'maintenance' })

  const [row] = await t.db.select().from(payments).where(eq(payments.id, payment.id))
  await bank.pay(row!.transId!)
  await expect.poll(() => t.status(visitor, order.id), { interval: 500 }).toBe('fulfilled')
  expect((await t.get(visitor, `/api/orders/${order.id}/download`)).statusCode).toBe(200)
})
