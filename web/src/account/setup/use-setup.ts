import { ProblemError } from '@pix/contracts/client.ts'
import { checkSetupLink, setUp } from '@pix/contracts/setup.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useSession } from '../../base/session.store.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** Whether the link opens the setup. `over`: there is an admin already. */
export type Setup = 'open' | 'invalid' | 'over'

/** `weak`: the password is easy to guess. */
export type Saving = { status: 'idle' | 'saving' } | { status: 'failed' | 'weak'; message: string }

interface FirstAdmin {
  name: string
  email: string
  password: string
}

const WEAK = new Set(['password_common', 'password_personal'])
/** The page that the first admin sees next. */
const NEXT = '/admin/settings?first=1'

/**
 * The first run of an installation: the first admin is made and signed in.
 *
 * @param token of the setup link
 */
export function useSetup(token: string) {
  const saving = shallowRef<Saving>({ status: 'idle' })

  const { state, load } = useLoaded<Setup>(async signal => {
    try {
      await call(checkSetupLink, { body: { token } }, { signal })
      return 'open'
    } catch (error) {
      const now = setupBy(error)
      if (now) return now
      throw error
    }
  })

  /** @returns the next page; undefined when no admin was made, or somebody else made one */
  async function make({ name, email, password }: FirstAdmin): Promise<string | undefined> {
    if (saving.value.status === 'saving') return undefined
    saving.value = { status: 'saving' }
    try {
      await call(setUp, { body: { token, name: name.trim(), email, password } })
      const next = await useSession()
        .signIn(email, password)
        .then(() => NEXT)
        // The admin exists: only the sign-in failed, and its page tries it again.
        .catch(() => `/login?next=${encodeURIComponent(NEXT)}`)
      saving.value = { status: 'idle' }
      return next
    } catch (error) {
      const now = setupBy(error)
      if (now) state.value = { status: 'loaded', value: now }
      const code = error instanceof ProblemError ? error.code : ''
      saving.value = { status: WEAK.has(code) ? 'weak' : 'failed', message: problemMessage(error) }
      return undefined
    }
  }

  return { state, load, saving, make }
}

function setupBy(refusal: unknown): Setup | undefined {
  const code = refusal instanceof ProblemError ? refusal.code : undefined
  if (code === 'not_found') return 'over'
  if (code === 'setup_link_invalid') return 'invalid'
  return undefined
}
