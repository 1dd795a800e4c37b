import type { Context } from '../../base/context.ts'
import { completeSignIn, type ShownBrowser, type SignIn } from './complete-sign-in.ts'
import type { SignedInUser } from './refresh-tokens.ts'
import { beginChallenge } from './second-factor/challenge.ts'

/** What a right first step leads to: a sign-in, or a challenge that waits for a code of the authenticator app. */
export type SignInStep = SignIn | { challenge: string }

/**
 * Continues after a right first step of any kind: signs in, or asks an account with a second factor for its code. No
 * other code signs anybody in by one step, unless they are signed in already.
 */
export async function beginSignIn(ctx: Context, user: SignedInUser, browser: ShownBrowser): Promise<SignInStep> {
  const challenge = await beginChallenge(ctx, user)
  return challenge === null ? completeSignIn(ctx, user, browser) : { challenge }
}
