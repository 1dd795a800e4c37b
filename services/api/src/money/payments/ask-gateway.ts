import { payments } from '@pix/db/schema/payments.ts'
import { eq } from 'drizzle-orm'
import { GatewayUnavailable } from '../../base/payment-gateway.ts'
import type { Context } from '../../base/context.ts'
import { confirmPayment } from './confirm-payment.ts'
import { gatewayOf } from './gateways/find-gateway.ts'

/** What a gateway answers. `unknown`: it has no such charge. Null: it did not answer, and nothing is known. */
export type GatewaySays = 'completed' | 'pending' | 'failed' | 'unknown' | null

/**
 * What a gateway answers now about a payment's charge. Money that it has and that we do not have is taken in by this.
 */
export async function askAboutPayment(ctx: Context, paymentId: string): Promise<GatewaySays> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId))
  if (!payment?.transId) return null
  if (payment.completedAt) return askAboutCharge(ctx, payment.gateway, payment.transId)
  try {
    const outcome = await confirmPayment(ctx, paymentId)
    return outcome === 'pending' || outcome === 'failed' ? outcome : 'completed'
  } catch (error) {
    return whatItMeans(error)
  }
}

/** What a gateway says now of a charge. */
export async function askAboutCharge(ctx: Context, gateway: string, transId: string): Promise<GatewaySays> {
  try {
    return await gatewayOf(ctx, { gateway }).check(transId)
  } catch (error) {
    return whatItMeans(error)
  }
}

function whatItMeans(error: unknown): 'unknown' | null {
  if (!(error instanceof GatewayUnavailable)) throw error
  return error.status === 404 ? 'unknown' : null
}
