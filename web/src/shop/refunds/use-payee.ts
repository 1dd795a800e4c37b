import type { Payee } from '@pix/contracts/refunds.ts'
import { ACCOUNT_NUMBER, PROMPTPAY_ID, withoutSpaces } from '@pix/domain/payee.ts'
import { reactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { useForm } from '../../base/use-form.ts'

/**
 * A form for the account that a refund goes to: what is typed, its faults, and what is sent.
 *
 * @param isAsked false while the form asks for no account: then it has no faults
 */
export function usePayee(isAsked: () => boolean = () => true) {
  const { t } = useI18n()
  const draft = reactive({ kind: 'promptpay' as Payee['kind'], id: '', bank: '', account: '', name: '' })
  const isOf = (kind: Payee['kind']) => isAsked() && draft.kind === kind
  const missing = (text: string) => (text.trim().length < 2 ? t('refunds.missing') : undefined)
  const form = useForm(
    {
      id: () => (isOf('promptpay') && !PROMPTPAY_ID.test(withoutSpaces(draft.id)) ? t('refunds.idWrong') : undefined),
      bank: () => (isOf('bank') ? missing(draft.bank) : undefined),
      account: () =>
        isOf('bank') && !ACCOUNT_NUMBER.test(withoutSpaces(draft.account)) ? t('refunds.accountWrong') : undefined,
      name: () => (isOf('bank') ? missing(draft.name) : undefined),
    },
    {},
  )
  const payee = (): Payee =>
    draft.kind === 'promptpay'
      ? { kind: 'promptpay', id: withoutSpaces(draft.id) }
      : { kind: 'bank', bank: draft.bank.trim(), account: withoutSpaces(draft.account), name: draft.name.trim() }
  return { draft, form, payee }
}
export type PayeeForm = ReturnType<typeof usePayee>
