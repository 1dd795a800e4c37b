import { cleanEmail } from '@pix/contracts/email.ts'
import { ProblemError } from '@pix/contracts/client.ts'
import { askTakedown, type TakedownReason } from '@pix/contracts/takedowns.ts'
import { reactive, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { locale } from '../../base/i18n/index.ts'
import { problemMessage } from '../../base/problem-message.ts'

export type Takedown =
  | { status: 'writing' | 'sending' }
  | { status: 'failed'; message: string }
  /** It is asked for, under this number; a letter on the decision goes to the address, if there is one. */
  | { status: 'asked'; number: string; email: string | null }

/** A photo is asked to be taken down: what is written, whether it can be sent, and what happened to it. */
export function useTakedown(photoId: string) {
  const { t } = useI18n()
  const form = reactive({ reason: '' as TakedownReason | '', statement: '', email: '' })
  const faults = ref<{ reason?: string; statement?: string; email?: string }>({})
  const state = shallowRef<Takedown>({ status: 'writing' })

  /** @returns whether it can be sent */
  function validate(): boolean {
    const email = form.email.trim()
    faults.value = {
      ...(form.reason === '' && { reason: t('takedown.reasonMissing') }),
      ...(form.reason === 'other' && form.statement.trim() === '' && { statement: t('takedown.statementMissing') }),
      ...(email !== '' && cleanEmail(email) === null && { email: t('takedown.emailWrong') }),
    }
    return Object.keys(faults.value).length === 0
  }

  async function send(): Promise<void> {
    const { reason } = form
    if (!validate() || reason === '' || state.value.status === 'sending') return
    state.value = { status: 'sending' }
    const [statement, email] = [form.statement.trim(), form.email.trim()]
    const said = { ...(statement !== '' && { statement }), ...(email !== '' && { email }) }
    try {
      const { number } = await call(askTakedown, { body: { photoId, reason, ...said, locale: locale.value } })
      state.value = { status: 'asked', number, email: email === '' ? null : email }
    } catch (error) {
      const isGone = error instanceof ProblemError && error.code === 'not_found'
      state.value = { status: 'failed', message: isGone ? t('takedown.gone') : problemMessage(error) }
    }
  }

  return { form, faults, state, validate, send }
}
