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
 * Asks the gateway about a payment that somebody says was made, and applies the answer. An announcement alone releases
 * nothing, since a key may leak and a message may be replayed (spec/40). Safe to repeat, also many times at once.
 *
 * @throws GatewayUnavailable when the gateway does not answer: the caller tries again, and guesses nothing
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

/** The attempt is final for us, too. When money comes for it after all, its webhook is handled like any other. */
async function markFailed({ db }: Context, paymentId: string): Promise<void> {
  await db
    .update(payments)
    .set({ state: 'failed', nextCheckAt: null })
    .where(and(eq(payments.id, paymentId), isNull(payments.completedAt)))
}
