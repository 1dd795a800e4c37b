import { me } from '@pix/contracts/auth.ts'
import * as contracts from '@pix/contracts/second-factor.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { locale } from '../../base/i18n/index.ts'
import { useSession } from '../../base/session.store.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** What somebody is doing with their second factor: looking at it, setting up an app, or keeping fresh recovery codes. */
export type Doing =
  | { kind: 'looking' }
  | { kind: 'settingUp'; secret: string; qrImage: string }
  | { kind: 'keepingCodes'; codes: readonly string[] }

/** The second factor of the signed-in person, and what can be done with it. The forms show what fails. */
export function useSecondFactor() {
  const { state, load, refresh } = useLoaded(signal => call(contracts.readSecondFactor, {}, { signal }))
  const doing = shallowRef<Doing>({ kind: 'looking' })
  const session = useSession()

  /** The account's password, asked again; undefined for an account without one. */
  const begin = async (password: string | undefined): Promise<void> => {
    doing.value = { kind: 'settingUp', ...(await call(contracts.beginSecondFactor, { body: { password } })) }
  }

  /** The app's first code: two-factor sign-in is on, and the recovery codes are shown. */
  const confirm = async (code: string): Promise<void> => {
    const { recoveryCodes } = await call(contracts.confirmSecondFactor, { body: { code, locale: locale.value } })
    doing.value = { kind: 'keepingCodes', codes: recoveryCodes }
    await learn()
  }

  const renewCodes = async (code: string): Promise<void> => {
    const { recoveryCodes } = await call(contracts.renewRecoveryCodes, { body: { code, locale: locale.value } })
    doing.value = { kind: 'keepingCodes', codes: recoveryCodes }
  }

  const turnOff = async (code: string, password: string | undefined): Promise<void> => {
    await call(contracts.disableSecondFactor, { body: { code, password, locale: locale.value } })
    await learn()
    await look()
  }

  /** Reads the account again. A failure is ignored: codes that are shown only once must stay on the page. */
  const learn = (): Promise<void> => call(me, {}).then(session.changed, () => undefined)

  /** Goes back to the overview. Codes that were shown are not shown again. */
  async function look(): Promise<void> {
    await refresh()
    doing.value = { kind: 'looking' }
  }

  return { state, doing, load, begin, confirm, renewCodes, turnOff, look }
}
