import type { EventFields } from '@pix/contracts/event-fields.ts'
import { tidyCode } from '@pix/contracts/event-rules.ts'
import { Problem } from '../../base/problem.ts'
import { hashPassword } from '../../people/accounts/index.ts'

/**
 * What is kept of an event's code: nothing where no code opens the event, else the hash of the new code, or the present
 * hash.
 *
 * @param code the new one
 * @param kept the hash of the one before
 * @throws Problem `invalid_request` where a code would open it and there is none
 */
export async function hashCode(
  { visibility }: Pick<EventFields, 'visibility'>,
  code: string | undefined,
  kept: string | null,
): Promise<string | null> {
  if (visibility !== 'code') return null
  if (code !== undefined) return hashPassword(tidyCode(code))
  if (kept === null) throw new Problem('invalid_request', { errors: [{ path: 'body.code', message: 'is needed' }] })
  return kept
}
