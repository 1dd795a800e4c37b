import * as contracts from '@pix/contracts/provider.ts'
import { call } from '../../base/api.ts'
import { forget, recall, remember } from '../../base/storage.ts'

/** What somebody went to the provider for, kept on this device until they are back. Holds no secret. */
const ERRAND = 'pix_at_provider'
const LINK = 'link'

/** Goes to the provider to sign in, and to `next` afterwards. */
export const signInAtProvider = (next: string): Promise<void> => go(contracts.beginAtProvider, next)

/** Goes to the provider to link its account with the one that is signed in here. */
export const linkAtProvider = (): Promise<void> => go(contracts.beginLink, LINK)

async function go(begin: typeof contracts.beginAtProvider | typeof contracts.beginLink, errand: string): Promise<void> {
  const { url } = await call(begin, {})
  remember(ERRAND, errand)
  location.assign(url)
}

/** What the trip was for, told once: a link, or a sign-in that goes on to `next`. */
export function takeErrand(): { kind: 'link' } | { kind: 'sign_in'; next: string } {
  const errand = recall(ERRAND)
  forget(ERRAND)
  return errand === LINK ? { kind: 'link' } : { kind: 'sign_in', next: errand ?? '' }
}
