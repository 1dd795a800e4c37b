import { gatewayEvents } from '@pix/db/schema/payments.ts'
import type { Context } from '../../base/context.ts'
import { Problem, notFound } from '../../base/problem.ts'
import {
  type Announcement,
  MalformedWebhook,
  type PaymentGateway,
  type ReceivedWebhook,
} from '../../base/payment-gateway.ts'
import { webhooksTotal } from './metrics.ts'

/** The sweep leaves a fresh event to the process that received it. */
export const FIRST_SWEEP_MS = 5_000

/**
 * Takes a webhook at a gateway's address: verified by that gateway over the bytes as received, then stored, once per
 * charge and status, before anything is done with it.
 *
 * @param name as the address has it
 * @returns the stored event's id, or null when it was there before or is about no charge
 * @throws Problem `not_found` when no such gateway is configured
 */
export async function receiveWebhook(ctx: Context, name: string, received: ReceivedWebhook): Promise<string | null> {
  const gateway = ctx.gateways.get(name)
  if (!gateway) throw notFound()
  const announcement = verify(ctx, gateway, received)
  if (announcement === 'irrelevant') {
    webhooksTotal.inc({ gateway: gateway.name, outcome: 'irrelevant' })
    return null
  }
  const { transId, status, signed } = announcement
  const id = ctx.newId()
  const at = ctx.now()
  const stored = await ctx.db
    .insert(gatewayEvents)
    .values({
      id,
      gateway: gateway.name,
      transId,
      status,
      payload: signed,
      receivedAt: at,
      nextTryAt: new Date(at.getTime() + FIRST_SWEEP_MS),
    })
    .onConflictDoNothing()
    .returning({ id: gatewayEvents.id })
  webhooksTotal.inc({ gateway: gateway.name, outcome: stored.length > 0 ? 'stored' : 'repeated' })
  return stored[0]?.id ?? null
}

function verify({ log }: Context, gateway: PaymentGateway, received: ReceivedWebhook): Announcement | 'irrelevant' {
  const { name } = gateway
  try {
    const announcement = gateway.verifyWebhook(received)
    if (announcement) return announcement
  } catch (error) {
    if (!(error instanceof MalformedWebhook)) throw error
    webhooksTotal.inc({ gateway: name, outcome: 'malformed' })
    log.warn({ gateway: name, reason: error.message }, 'a webhook could not be read')
    throw new Problem('malformed_request')
  }
  webhooksTotal.inc({ gateway: name, outcome: 'bad_signature' })
  log.warn({ gateway: name, bytes: received.raw.length }, 'a webhook was not signed by the gateway')
  throw new Problem('bad_signature')
}
