import * as contracts from '@pix/contracts/second-factor.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { useAction } from '../../base/use-action.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** What somebody is doing with their second factor: looking at it, setting up an app, or keeping fresh recovery codes. */
export type Doing =
  | { kind: 'looking' }
  | { kind: 'settingUp'; secret: string; qrImage: string }
  | { kind: 'keepingCodes'; codes: readonly string[] }

/** The second factor of who is signed in, and what can be done with it. */
export function useSecondFactor() {
  const { state, load } = useLoaded(signal => call(contracts.readSecondFactor, {}, { signal }))
  const doing = shallowRef<Doing>({ kind: 'looking' })
  const { busy, problem, act } = useAction()

  const begin = () =>
    act(async () => {
      doing.value = { kind: 'settingUp', ...(await call(contracts.beginSecondFactor, {})) }
    })

  /** The app's first code: two-factor sign-in is on, and the recovery codes are shown. */
  const confirm = (code: string) =>
    act(async () => {
      const { recoveryCodes } = await call(contracts.confirmSecondFactor, { body: { code } })
      doing.value = { kind: 'keepingCodes', codes: recoveryCodes }
    })

  const renewCodes = (code: string) =>
    act(async () => {
      const { recoveryCodes } = await call(contracts.renewRecoveryCodes, { body: { code } })
      doing.value = { kind: 'keepingCodes', codes: recoveryCodes }
    })

  const turnOff = (code: string) =>
    act(async () => {
      await call(contracts.disableSecondFactor, { body: { code } })
      await look()
    })

  /** Back to how it stands. What was shown once is not shown again. */
  async function look(): Promise<void> {
    await load()
    doing.value = { kind: 'looking' }
  }

  return { state, doing, busy, problem, load, begin, confirm, renewCodes, turnOff, look }
}
