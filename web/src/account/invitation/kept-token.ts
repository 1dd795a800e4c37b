import { takeLinkToken } from '../forms/index.ts'

const KEPT = 'pix_invitation'

/**
 * The token of an invitation's link. It stays with this tab while its reader signs in on another page and comes back;
 * the address has it no longer.
 */
export function keepToken(): string {
  const token = takeLinkToken()
  try {
    if (token !== '') sessionStorage.setItem(KEPT, token)
    return token || (sessionStorage.getItem(KEPT) ?? '')
  } catch {
    // A browser that keeps nothing: the link is opened again after signing in.
    return token
  }
}

export function dropToken(): void {
  try {
    sessionStorage.removeItem(KEPT)
  } catch {
    // There is nothing to forget.
  }
}
