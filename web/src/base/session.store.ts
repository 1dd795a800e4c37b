import * as auth from '@pix/contracts/auth.ts'
import type { CallOptions } from '@pix/contracts/client.ts'
import { answerSecondFactor } from '@pix/contracts/second-step.ts'
import { hasStanding, type NeededStanding } from '@pix/domain/standing.ts'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, onSignInChange, renewSignIn, setAccessToken } from './api.ts'
import { standingOf } from './standing-of.ts'
import { locale } from './i18n/index.ts'
import { serverNow } from './server-time.ts'
import { forget, recall, remember } from './storage.ts'

/** Says that a refresh cookie may exist, so that a visitor who never signed in costs no request. Holds no secret. */
const HINT = 'pix_signed_in'

/** Who is signed in on this device. A guest can buy too: a cookie keeps their session. */
export const useSession = defineStore('session', () => {
  const user = shallowRef<auth.User | null>(null)
  /** Whether they have this standing at least somewhere; the api asks again for each thing that they open. */
  const may = (needed: NeededStanding): boolean => user.value !== null && hasStanding(standingOf(user.value), needed)
  /** Their days for turning the second factor on are over: nothing else is possible now. */
  const mustEnrol = (): boolean => {
    const dueAt = user.value?.secondFactorDueAt
    return dueAt != null && Date.parse(dueAt) <= serverNow()
  }
  let restored: Promise<void> | undefined

  function is(now: auth.User | null): void {
    user.value = now
    if (now) remember(HINT, '1')
    else forget(HINT)
  }
  onSignInChange(is)

  /**
   * Restores the sign-in after a reload; all callers get the same promise. When the request failed, the next call tries
   * again.
   */
  function restore(): Promise<void> {
    restored ??= (async () => {
      if (recall(HINT) !== null && (await renewSignIn()) === 'failed') restored = undefined
    })()
    return restored
  }

  /** Starts a sign-in, of any kind. */
  function begin({ accessToken, user }: Pick<auth.SignedIn, 'accessToken' | 'user'>): void {
    setAccessToken(accessToken)
    is(user)
  }

  /** @throws ProblemError `second_factor_needed` when `answerSecondStep` comes next */
  async function signIn(email: string, password: string, options?: CallOptions): Promise<auth.User> {
    const signedIn = await call(auth.login, { body: { email, password } }, options)
    begin(signedIn)
    return signedIn.user
  }

  /** The second step, by a code of the authenticator app or a recovery code. */
  const answerSecondStep = async (code: string): Promise<void> =>
    begin(await call(answerSecondFactor, { body: { code, locale: locale.value } }))

  /** The sign-in is over on this device. */
  function end(): void {
    setAccessToken(undefined)
    is(null)
  }

  /** @throws ProblemError when the server was not reached: the sign-in is still good there */
  async function signOut(): Promise<void> {
    await call(auth.logout, {})
    end()
  }

  return { user, may, mustEnrol, restore, begin, changed: is, signIn, answerSecondStep, signOut, end }
})
