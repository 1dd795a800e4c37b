import { createHmac, randomBytes } from 'node:crypto'

/** What a sign-in at the provider is for: signing in here, or linking the account of this user. */
export type Purpose = 'sign_in' | `link:${string}`

/** The secrets that hold one trip to the provider together. */
export interface Attempt {
  /** Comes back in the address: the answer is to this browser's question. */
  state: string
  /** Comes back in the ID token: it was made for this question. */
  nonce: string
  /** Shown at the token endpoint: who redeems the code is who asked for it (PKCE, RFC 7636). */
  codeVerifier: string
}

/** A token for the attempt's cookie. */
export const newAttemptToken = (): string => randomBytes(32).toString('base64url')

/**
 * All secrets of an attempt follow from its cookie's token by HMAC: nothing is stored, and the cookie carries no data.
 * Another purpose gives another attempt.
 */
export function attemptOf(secret: string, token: string, purpose: Purpose): Attempt {
  const derive = (what: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['provider', what, purpose, token]))
      .digest('base64url')
  return { state: derive('state'), nonce: derive('nonce'), codeVerifier: derive('verifier') }
}
