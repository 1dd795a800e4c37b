import { gatewayEvents } from '@pix/db/schema/payments.ts'
import type { Deps } from '../../base/deps.ts'
import { Problem } from '../../base/problem.ts'
import { type Announcement, MalformedWebhook } from '../../base/payment-gateway.ts'
import { webhooksTotal } from './metrics.ts'

/** The sweep leaves a fresh event to the process that received it. */
export const FIRST_SWEEP_MS = 5_000

/**
 * Takes a webhook: verified over the bytes as received, then stored, once per charge and status, before anything is
 * done with it.
 *
 * @returns the stored event's id, or null when it was there before
 */
export async function receiveWebhook(deps: Deps, raw: Buffer): Promise<string | null> {
  const { transId, status, signed } = verify(deps, raw)
  const id = deps.newId()
  const at = deps.now()
  const stored = await deps.db
    .insert(gatewayEvents)
    .values({
      id,
      gateway: deps.gateway.name,
      transId,
      status,
      payload: signed,
      receivedAt: at,
      nextTryAt: new Date(at.getTime() + FIRST_SWEEP_MS),
    })
    .onConflictDoNothing()
    .returning({ id: gatewayEvents.id })
  webhooksTotal.inc({ outcome: stored.length > 0 ? 'stored' : 'repeated' })
  return stored[0]?.id ?? null
}

function verify(deps: Deps, raw: Buffer): Announcement {
  try {
    const announcement = deps.gateway.verifyWebhook(raw)
    if (announcement) return announcement
  } catch (error) {
    if (!(error instanceof MalformedWebhook)) throw error
    webhooksTotal.inc({ outcome: 'malformed' })
    deps.log.warn({ reason: error.message }, 'a webhook could not be read')
    throw new Problem('malformed_request')
  }
  webhooksTotal.inc({ outcome: 'bad_signature' })
  deps.log.warn({ bytes: raw.length }, 'a webhook was not signed by the gateway')
  throw new Problem('bad_signature')
}
