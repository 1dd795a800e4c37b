import type { Order } from '@pix/contracts/orders.ts'
import type { Payment } from '@pix/contracts/payments.ts'
import { transferAccounts } from '@pix/db/schema/transfer-accounts.ts'
import { expect, test } from 'vitest'
import { startBank } from '../bank-testing.ts'
import { takeTransfers } from './testing.ts'

test('an order and its payment offer a transfer only while there is an account', async () => {
  const bank = await startBank()
  await using t = await bank.openShop()
  const { visitor, order, payment } = await t.withQr(1)
  const offered = async () => [
    (await t.get(visitor, `/api/orders/${order.id}`)).json<Order>().takesTransfers,
    (await t.get(visitor, `/api/payment/${payment.id}/status`)).json<Payment>().takesTransfers,
  ]
  expect(await offered()).toEqual([false, false])
  await takeTransfers(t)
  expect(await offered()).toEqual([true, true])
  await t.db.update(transferAccounts).set({ closedAt: t.deps.now() })
  expect(await offered()).toEqual([false, false])
  await bank.stop()
})
