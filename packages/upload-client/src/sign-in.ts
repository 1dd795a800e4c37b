import { answerSecondFactor } from '@pix/contracts/second-step.ts'
import { login, refresh } from '@pix/contracts/auth.ts'
import { createClient, ProblemError } from '@pix/contracts/client.ts'
import { fetchWithCookies } from '@pix/contracts/cookie-jar.ts'
import type { Language } from './words.ts'

export interface SignIn {
  /** The token to send now. */
  token: () => string
  /** After a 401. @throws ProblemError when the sign-in has ended */
  renew: () => Promise<void>
}

/** A token from elsewhere is good until it is not. */
export const byToken = (token: string): SignIn => ({
  token: () => token,
  renew: async () => {
    throw new ProblemError({ code: 'session_expired', status: 401 })
  },
})

interface Account {
  email: string
  password: string
  /** The language of letters about this sign-in. */
  language: Language
  code: () => Promise<string>
}

/**
 * Signs in as a browser does: the token is renewed by a cookie that is kept in memory alone.
 *
 * @param code asks for the six digits, where the account has a second factor
 */
export async function byPassword(url: string, { email, password, language, code }: Account): Promise<SignIn> {
  const { call } = createClient({ baseUrl: `${url}/api`, fetch: fetchWithCookies(), headers: () => ({ origin: url }) })
  const first = await call(login, { body: { email, password } }).catch(async (error: unknown) => {
    if (!(error instanceof ProblemError) || error.code !== 'second_factor_needed') throw error
    return call(answerSecondFactor, { body: { code: await code(), locale: language } })
  })
  let token = first.accessToken
  let renewing: Promise<void> | undefined
  return {
    token: () => token,
    // Files that are answered 401 at the same time renew the token once.
    renew: () =>
      (renewing ??= call(refresh, {})
        .then(signedIn => void (token = signedIn.accessToken))
        .finally(() => (renewing = undefined))),
  }
}
