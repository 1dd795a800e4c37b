import { forgetInTab, recallInTab, rememberInTab } from '../../base/storage.ts'
import { takeLinkToken } from '../forms/index.ts'

const KEPT = 'pix_invitation'

/**
 * The token of an invitation's link. It stays with this tab while its reader signs in on another page and comes back;
 * the address has it no longer. Where the browser keeps nothing, the link is opened again after signing in.
 */
export function keepToken(): string {
  const token = takeLinkToken()
  if (token !== '') rememberInTab(KEPT, token)
  return token || (recallInTab(KEPT) ?? '')
}

export const dropToken = (): void => forgetInTab(KEPT)
