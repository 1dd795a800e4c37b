import { countInbox } from '@pix/contracts/inbox.ts'
import { readonly, shallowRef } from 'vue'
import { call } from '../../base/api.ts'

const FRESH_MS = 30_000

const count = shallowRef<number>()
let askedAt = -Infinity

/** How many lines wait for a person, as the menu shows it; nothing before it is known. */
export const openLines = readonly(count)

/**
 * Asks for the number again, unless that was done within half a minute. A number that cannot be had leaves the one before:
 * the page itself says what failed.
 *
 * @param atOnce after an action, which has changed it
 */
export async function refreshOpenLines({ atOnce = false } = {}): Promise<void> {
  if (!atOnce && performance.now() - askedAt < FRESH_MS) return
  askedAt = performance.now()
  const answer = await call(countInbox, {}).catch(() => null)
  if (answer) count.value = answer.count
}
