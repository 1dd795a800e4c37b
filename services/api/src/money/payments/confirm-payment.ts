import { payments } from '@pix/db/schema/payments.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { fulfilOrder, tellPayments } from '../../shop/orders/index.ts'
import { creditPayment } from './credit-payment.ts'
import { confirmationsTotal } from './metrics.ts'

/** `unapplied`: the money is kept, its order is not paid by it. `pending` and `failed` are the gateway's words. */
export type Confirmation = 'confirmed' | 'repeated' | 'unknown' | 'unapplied' | 'pending' | 'failed'

/**
 * Asks the gateway about a payment that somebody says was made, and applies what it answers. An announcement alone
 * releases nothing: a leaked key or a replay must not (spec/40). Safe to repeat and to run ten times at once.
 *
 * @throws GatewayUnavailable when the gateway does not answer: retry, don't guess
 */
export async function confirmPayment(deps: Deps, paymentId: string): Promise<Confirmation> {
  const outcome = await ask(deps, paymentId)
  confirmationsTotal.inc({ outcome })
  if (outcome === 'confirmed' || outcome === 'unapplied') deps.log.info({ paymentId, outcome }, 'money came in')
  if (outcome === 'pending') return outcome
  await deps.live.publish(`payment:${paymentId}`)
  return outcome
}

async function ask(deps: Deps, paymentId: string): Promise<Confirmation> {
  const [payment] = await deps.db.select().from(payments).where(eq(payments.id, paymentId))
  if (!payment?.transId) return 'unknown'
  if (payment.completedAt) return 'repeated'

  const status = await deps.gateway.check(payment.transId)
  if (status === 'failed') await markFailed(deps, paymentId)
  if (status !== 'completed') return status
  const credited = await creditPayment(deps, paymentId)
  if (credited !== 'confirmed') return credited
  await fulfilOrder(deps, payment.orderId)
  // An older QR of the same order must not be paid any more.
  await tellPayments(deps, [payment.orderId])
  return credited
}

/** Final for us too; should money come for it after all, its webhook is looked at like any other. */
async function markFailed({ db }: Deps, paymentId: string): Promise<void> {
  await db
    .update(payments)
    .set({ state: 'failed', nextCheckAt: null })
    .where(and(eq(payments.id, paymentId), isNull(payments.completedAt)))
}
