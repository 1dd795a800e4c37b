import { createClient } from '@pix/contracts/client.ts'
import { paymentStatus } from '@pix/contracts/payments.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bank, type Shop, startBank } from './bank-testing.ts'
import { reconcilePayments } from './sweep-payments.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

type Visitor = Awaited<ReturnType<Shop['visitor']>>

const follow = (t: Shop, { headers }: Visitor, id: string) =>
  createClient({ baseUrl: `${t.url}/api`, headers: () => headers }).follow(paymentStatus, { params: { id } })

test('a payment’s stream sends the QR’s picture once, and later changes without it', async () => {
  await using t = await bank.openShop()
  const { visitor, payment } = await t.withQr(1)
  const states = follow(t, visitor, payment.id)
  expect((await states.next()).value).toEqual(payment)

  await t.db.update(payments).set({ amountDue: 6_007 }).where(eq(payments.id, payment.id))
  await t.deps.live.publish(`payment:${payment.id}`)
  const { value: changed } = await states.next()
  const { qrImage: _, ...rest } = payment
  expect(changed).toEqual({ ...rest, amount: { amount: 6_007, currency: 'THB' } })

  await t.db.update(payments).set({ state: 'failed' }).where(eq(payments.id, payment.id))
  await t.deps.live.publish(`payment:${payment.id}`)
  expect((await states.next()).value).toMatchObject({ state: 'failed' })
  expect((await states.next()).done).toBe(true)
})

test('the gateway is asked every 3 s while somebody looks at a payment, and less and less often once nobody does', async () => {
  await using t = await bank.openShop()
  const { payment } = await t.withQr(1)
  t.hold()
  const secondsToNext = async () => {
    t.forward(3_600_000)
    await reconcilePayments(t.deps)
    const [row] = await t.db.select().from(payments).where(eq(payments.id, payment.id))
    return (row!.nextCheckAt!.getTime() - t.deps.now().getTime()) / 1_000
  }
  const looking = t.deps.live.subscribe(`payment:${payment.id}`, () => undefined)
  await looking.standing
  expect([await secondsToNext(), await secondsToNext(), await secondsToNext()]).toEqual([3, 3, 3])

  looking.end()
  await expect.poll(async () => (await t.deps.live.followed([`payment:${payment.id}`])).size).toBe(0)
  expect(await secondsToNext()).toBe(24)
})
