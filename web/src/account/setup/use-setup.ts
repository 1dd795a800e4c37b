import { ProblemError } from '@pix/contracts/client.ts'
import { checkSetupLink, setUp } from '@pix/contracts/setup.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useSession } from '../../base/session.store.ts'

/** Whether the link opens the setup. `over`: there is an admin already. */
export type SetupState = { status: 'checking' | 'open' | 'invalid' | 'over' } | { status: 'failed'; message: string }

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
  const state = shallowRef<SetupState>({ status: 'checking' })
  const saving = shallowRef<Saving>({ status: 'idle' })

  async function check(): Promise<void> {
    state.value = { status: 'checking' }
    try {
      await call(checkSetupLink, { body: { token } })
      state.value = { status: 'open' }
    } catch (error) {
      state.value = stateOf(error) ?? { status: 'failed', message: problemMessage(error) }
    }
  }

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
      const now = stateOf(error)
      if (now) state.value = now
      const code = error instanceof ProblemError ? error.code : ''
      saving.value = { status: WEAK.has(code) ? 'weak' : 'failed', message: problemMessage(error) }
      return undefined
    }
  }

  void check()
  return { state, saving, check, make }
}

function stateOf(error: unknown): SetupState | undefined {
  const code = error instanceof ProblemError ? error.code : undefined
  if (code === 'not_found') return { status: 'over' }
  if (code === 'setup_link_invalid') return { status: 'invalid' }
  return undefined
}
