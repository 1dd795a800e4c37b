import type { Tx } from '@pix/db/client.ts'
import { gatewayEvents, payments } from '@pix/db/schema/payments.ts'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { lockOrder } from '../../shop/orders/index.ts'
import { applyMoney, whyNotApplied } from './apply-money.ts'
import { gatewayOf } from './gateways/find-gateway.ts'
import { claimKept, insertReceipt, logUnapplied } from './keep-money.ts'

type Payment = typeof payments.$inferSelect

/**
 * Credits a payment the gateway says it received. Safe to repeat: the row lock makes a second announcement wait for the
 * first, and `completedAt` then makes it do nothing. Payment, receipt, order, ledger and the rows for ZIP and mail
 * commit together or not at all.
 */
export async function creditPayment(ctx: Context, paymentId: string): Promise<'confirmed' | 'repeated' | 'unapplied'> {
  const credit = await ctx.db.transaction(tx => credited(ctx, tx, paymentId))
  if (credit === 'confirmed' || credit === 'repeated') return credit
  logUnapplied(ctx, credit.received, credit.reason)
  return 'unapplied'
}

async function credited(ctx: Context, tx: Tx, paymentId: string) {
  const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for('update')
  if (!payment?.transId || payment.amountDue === null) throw new Error('a payment without a charge is not credited')
  if (payment.completedAt) return 'repeated'
  const order = await lockOrder(ctx, tx, payment.orderId)
  if (!order) throw new Error('a payment without an order')

  const amount = (await announcedOtherwise(ctx, tx, payment)) ?? payment.amountDue
  const reason = amount === payment.amountDue ? await whyNotApplied(tx, order, ctx.now()) : 'wrong_amount'
  const { gateway, transId } = payment
  const received = { paymentId, gateway, transId, amount }
  await tx
    .update(payments)
    .set({ state: 'completed', completedAt: ctx.now(), nextCheckAt: null })
    .where(eq(payments.id, paymentId))
  const receiptId = await insertReceipt(ctx, tx, received, reason)
  if (receiptId === null) {
    const kept = await claimKept(ctx, tx, order, received)
    return { received: { ...received, amount: kept }, reason: 'unknown_charge' as const }
  }
  await applyMoney(ctx, tx, order, { receiptId, amount }, reason)
  return reason ? { received, reason } : 'confirmed'
}

/** The amount of a verified announcement of this charge, where it is not the charge's own. */
async function announcedOtherwise(ctx: Context, tx: Tx, payment: Payment): Promise<number | null> {
  const gateway = gatewayOf(ctx, payment)
  const events = await tx
    .select({ payload: gatewayEvents.payload })
    .from(gatewayEvents)
    .where(and(eq(gatewayEvents.gateway, payment.gateway), eq(gatewayEvents.transId, payment.transId!)))
  const amounts = events.map(event => gateway.readAnnouncement(event.payload).amount)
  return amounts.find(amount => amount !== null && amount !== payment.amountDue) ?? null
}
