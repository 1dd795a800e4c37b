import { payments } from '@pix/db/schema/payments.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { fulfilOrder } from '../../shop/orders/index.ts'
import { gatewayOf } from './gateways/find-gateway.ts'
import { creditPayment } from './credit-payment.ts'
import { confirmationsTotal } from './metrics.ts'
import { publishPayments } from './publish-payments.ts'

/** `unapplied`: the money is kept, its order is not paid by it. `pending` and `failed` are the gateway's words. */
export type Confirmation = 'confirmed' | 'repeated' | 'unknown' | 'unapplied' | 'pending' | 'failed'

/**
 * Asks the gateway about a payment that somebody says was made, and applies what it answers. An announcement alone
 * releases nothing: a leaked key or a replay must not (spec/40). Safe to repeat and to run ten times at once.
 *
 * @throws GatewayUnavailable when the gateway does not answer: retry, don't guess
 */
export async function confirmPayment(ctx: Context, paymentId: string): Promise<Confirmation> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId))
  if (!payment) return 'unknown'
  const outcome = await ask(ctx, payment)
  confirmationsTotal.inc({ gateway: payment.gateway, outcome })
  if (outcome === 'confirmed' || outcome === 'unapplied') ctx.log.info({ paymentId, outcome }, 'money came in')
  if (outcome === 'pending') return outcome
  await ctx.live.publish(`payment:${paymentId}`)
  return outcome
}

async function ask(ctx: Context, payment: typeof payments.$inferSelect): Promise<Confirmation> {
  if (!payment.transId) return 'unknown'
  if (payment.completedAt) return 'repeated'

  const status = await gatewayOf(ctx, payment).check(payment.transId)
  if (status === 'failed') await markFailed(ctx, payment.id)
  if (status !== 'completed') return status
  const credited = await creditPayment(ctx, payment.id)
  if (credited !== 'confirmed') return credited
  await fulfilOrder(ctx, payment.orderId)
  // An older QR of the same order must not be paid any more.
  await publishPayments(ctx, [payment.orderId])
  return credited
}

/** Final for us too; should money come for it after all, its webhook is looked at like any other. */
async function markFailed({ db }: Context, paymentId: string): Promise<void> {
  await db
    .update(payments)
    .set({ state: 'failed', nextCheckAt: null })
    .where(and(eq(payments.id, paymentId), isNull(payments.completedAt)))
}
