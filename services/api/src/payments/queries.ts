import { baht } from '@pix/contracts/common.ts'
import type { Payment } from '@pix/contracts/payments.ts'
import type { Queryable } from '@pix/db/client.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { and, eq, gt } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { notFound } from '../problem.ts'

/** One payment of this session; anybody else's does not exist. */
export async function findPayment(db: Queryable, sessionId: string, paymentId: string): Promise<Payment> {
  const [found] = await db
    .select({ payment: payments, number: orders.number, status: orders.status })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(and(eq(payments.id, paymentId), eq(orders.sessionId, sessionId)))
  if (!found) throw notFound()
  const { payment, number, status } = found
  return {
    id: payment.id,
    orderId: payment.orderId,
    orderNumber: number,
    orderStatus: status,
    state: payment.state,
    amount: baht(payment.amountDue ?? payment.amountAsked),
    orderTotal: baht(payment.amountAsked),
    qrImage: payment.qrImage && dataUrl(payment.qrImage),
    expiresAt: payment.expiresAt.toISOString(),
  }
}

const JPEG = 0xff
const dataUrl = (picture: Buffer): string =>
  `data:image/${picture[0] === JPEG ? 'jpeg' : 'png'};base64,${picture.toString('base64')}`

/** How soon the gateway is asked once somebody asks us; a page that stays open asks every 3 s. */
const SOON_MS = 1_000

/**
 * {@link findPayment} for somebody who is looking: the reconciler's next question to the gateway is brought forward, so
 * that a page turns over within seconds even when no webhook comes.
 */
export async function lookAtPayment(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  sessionId: string,
  paymentId: string,
): Promise<Payment> {
  const payment = await findPayment(db, sessionId, paymentId)
  const soon = new Date(now().getTime() + SOON_MS)
  if (payment.state === 'pending' || payment.state === 'expired') {
    await db
      .update(payments)
      .set({ nextCheckAt: soon })
      .where(and(eq(payments.id, paymentId), gt(payments.nextCheckAt, soon)))
  }
  return payment
}
