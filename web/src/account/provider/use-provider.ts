import * as contracts from '@pix/contracts/provider.ts'
import { call } from '../../base/api.ts'
import { forget, recall, remember } from '../../base/storage.ts'

/** Why somebody went to the provider, kept on this device until they are back. Holds no secret. */
const ERRAND = 'pix_at_provider'
/** No address of ours begins so. */
const LINK = 'link:'

/** Goes to the provider to sign in, and to `next` afterwards. */
export const signInAtProvider = async (next: string): Promise<void> =>
  go(await call(contracts.beginAtProvider, {}), next)

/**
 * Goes to the provider to link its account with the one that is signed in here.
 *
 * @param password asked again where the account has one
 * @param from slug of the studio whose storefront they came from
 */
export const linkAtProvider = async (password: string | undefined, from?: string): Promise<void> =>
  go(await call(contracts.beginLink, { body: { password } }), `${LINK}${from ?? ''}`)

function go({ url }: { url: string }, errand: string): void {
  remember(ERRAND, errand)
  location.assign(url)
}

/** Why the browser went to the provider: to link the account, or to sign in and go on to `next`. It can be read once. */
export function takeErrand(): { kind: 'link'; from: string | undefined } | { kind: 'sign_in'; next: string } {
  const errand = recall(ERRAND) ?? ''
  forget(ERRAND)
  if (!errand.startsWith(LINK)) return { kind: 'sign_in', next: errand }
  return { kind: 'link', from: errand.slice(LINK.length) || undefined }
}
