import { payments, receipts } from '@pix/db/schema/payments.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
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
