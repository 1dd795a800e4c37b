import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ReceivedWebhook } from '../../../../base/payment-gateway.ts'

const SIGNATURE = 'omise-signature'
const TIMESTAMP = 'omise-signature-timestamp'
const HEX_SHA256 = /^[0-9a-f]{64}$/i

/**
 * Whether Omise signed a webhook: hex HMAC-SHA-256 over `timestamp.body`, in a header that holds one signature per secret
 * while secrets are being changed. An old timestamp is no reason to refuse: a replay changes nothing, because every
 * announcement is checked with the gateway before anything follows from it.
 */
export function isSignedBy(secrets: readonly Buffer[], { raw, headers }: ReceivedWebhook): boolean {
  const timestamp = headers[TIMESTAMP]
  const given = String(headers[SIGNATURE] ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => HEX_SHA256.test(part))
  if (typeof timestamp !== 'string' || given.length === 0) return false
  const expected = secrets.map(secret => createHmac('sha256', secret).update(`${timestamp}.`).update(raw).digest())
  return given.some(text => expected.some(digest => timingSafeEqual(digest, Buffer.from(text, 'hex'))))
}
