import * as auth from '@pix/contracts/auth.ts'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, refreshAccess, setAccessToken } from './api.ts'
import { forget, recall, remember } from './storage.ts'

/** Says that a refresh cookie may exist, so that a visitor who never signed in costs no request. Holds no secret. */
const HINT = 'pix_signed_in'

/** Who is signed in on this device. Buying needs nobody: guests keep their session by cookie. */
export const useSession = defineStore('session', () => {
  const user = shallowRef<auth.User | null>(null)
  const role = computed(() => user.value?.role)
  let restored: Promise<void> | undefined

  /** Brings a sign-in back after a reload; the same promise for everybody who waits. */
  function restore(): Promise<void> {
    restored ??= (async () => {
      if (recall(HINT) === null || !(await refreshAccess())) return
      user.value = await call(auth.me, {}).catch(() => null)
    })()
    return restored
  }

  async function signIn(email: string, password: string): Promise<auth.User> {
    const signedIn = await call(auth.login, { body: { email, password } })
    setAccessToken(signedIn.accessToken)
    remember(HINT, '1')
    user.value = signedIn.user
    return signedIn.user
  }

  async function signOut(): Promise<void> {
    await call(auth.logout, {}).catch(() => undefined)
    setAccessToken(undefined)
    forget(HINT)
    user.value = null
  }

  return { user, role, restore, signIn, signOut }
})
