import { z } from 'zod'
import { Locale } from './accounts.ts'
import { SignedIn } from './auth.ts'
import { Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** Six digits of the authenticator app, or a recovery code; spaces and hyphens are the person's. */
export const Code = z.strictObject({ code: Text.min(6).max(40), locale: Locale })

/** After too many tries. */
export const LOCKED = problem('account_locked', 'rate_limited')
/** How a code is refused. */
export const WRONG = { 422: problem('wrong_second_factor'), 429: LOCKED }

/** A sign-in whose first step was right waits for it some minutes, in an HttpOnly cookie. */
export const answerSecondFactor = {
  method: 'POST',
  url: '/auth/second-factor/answer',
  config: { duringMaintenance: true, access: 'public', limit: 'login' },
  schema: {
    summary: 'The second step of a sign-in that was answered with `second_factor_needed`',
    tags: ['auth'],
    body: Code,
    response: { 200: SignedIn, 403: problem('sign_in_over'), ...WRONG },
  },
} as const satisfies Contract
