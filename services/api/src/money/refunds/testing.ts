import { payments, receipts } from '@pix/db/schema/payments.ts'
import { orderLines } from '@pix/db/schema/orders.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { eq } from 'drizzle-orm'
import type { TestApp } from '../../testing/test-app.ts'
import type { Payee } from '@pix/contracts/refunds.ts'
import { sealPayee } from './payee.ts'

export const PROMPTPAY: Payee = { kind: 'promptpay', id: '0812345678' }

/** Money that came for an order and pays nothing: rows only. @returns the receipt's id */
export async function addKeptMoney({ db, deps }: TestApp, orderId: string, amount = 6_000): Promise<string> {
  const [paymentId, id, at] = [deps.newId(), deps.newId(), deps.now()]
  const ref1 = `K${paymentId.replaceAll('-', '').slice(-18).toUpperCase()}`
  const attempt = 100 + (await db.$count(payments, eq(payments.orderId, orderId)))
  const charge = { gateway: 'paynoi', transId: `CHARGE-${paymentId}` }
  await db.insert(payments).values({
    id: paymentId,
    orderId,
    attempt,
    ref1,
    state: 'completed',
    completedAt: at,
    amountAsked: amount,
    amountDue: amount,
    expiresAt: at,
    ...charge,
  })
  await db.insert(receipts).values({ id, paymentId, ...charge, amount, receivedAt: at, reason: 'second_payment' })
  return id
}

/** A refund of kept money that waits for its decision or its transfer: rows only. @returns its id */
export async function addRefund(t: TestApp, orderId: string, state: 'requested' | 'approved'): Promise<string> {
  const receiptId = await addKeptMoney(t, orderId)
  const [id, at] = [t.deps.newId(), t.deps.now()]
  await t.db.update(receipts).set({ givenBackAt: at }).where(eq(receipts.id, receiptId))
  await t.db.insert(refunds).values({
    id,
    number: `RF-${id}`,
    orderId,
    receiptId,
    amount: 6_000,
    state,
    reason: 'pays_nothing',
    payee: sealPayee(t.deps, id, PROMPTPAY),
    requestedAt: at,
    decidedAt: state === 'approved' ? at : null,
  })
  return id
}

/** All photos of a paid order are asked back and wait for a decision: rows only. @returns the refund's id */
export async function addAskedBack({ db, deps }: TestApp, orderId: string): Promise<string> {
  const lines = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  const prices = lines.map(line => ({ lineId: line.id, amount: line.unitPrice - line.discount }))
  const id = deps.newId()
  const amount = prices.reduce((sum, line) => sum + line.amount, 0)
  const number = `RF-${id}`
  const payee = sealPayee(deps, id, PROMPTPAY)
  const asked = { state: 'requested', reason: 'not_me', requestedAt: deps.now() } as const
  await db.transaction(async tx => {
    await tx.insert(refunds).values({ id, number, orderId, amount, payee, ...asked })
    await tx.insert(refundLines).values(prices.map(line => ({ ...line, refundId: id, orderId })))
  })
  return id
}
