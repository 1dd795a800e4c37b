import { createHmac, timingSafeEqual } from 'node:crypto'
import { MalformedWebhook } from '../../../../base/payment-gateway.ts'
import { NotAnObject, readMembers } from './json-members.ts'

const LIMIT = 65_536
const HEX_SHA256 = /^[0-9a-f]{64}$/i

/**
 * Verifies a webhook `{data, signature}`: hex HMAC-SHA-256 over the exact bytes of the value of the top-level `data`,
 * compared in constant time (spec/40).
 *
 * @returns the signed bytes, or null when the signature does not hold
 * @throws MalformedWebhook over 64 KB, for invalid UTF-8 or JSON, a name that comes twice, or when there is no `data`
 */
export function verifySignature(raw: Buffer, secret: string): Buffer | null {
  if (raw.length > LIMIT) throw new MalformedWebhook('over 64 KB')
  const members = membersOf(raw)
  const data = members.get('data')
  if (data === undefined) throw new MalformedWebhook('there is no data')
  const signature: unknown = JSON.parse(members.get('signature') ?? 'null')
  if (typeof signature !== 'string' || !HEX_SHA256.test(signature)) return null

  const signed = Buffer.from(data, 'utf8')
  const expected = createHmac('sha256', secret).update(signed).digest()
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? signed : null
}

/** The members that {@link readMembers} finds. @throws MalformedWebhook for a body that it refuses */
export function membersOf(raw: Buffer): Map<string, string> {
  try {
    return readMembers(raw)
  } catch (error) {
    if (error instanceof NotAnObject) throw new MalformedWebhook(error.message)
    throw error
  }
}
