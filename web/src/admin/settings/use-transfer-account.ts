import { readTransferAccount, setTransferAccount, type TransferAccount } from '@pix/contracts/transfers.ts'
import { ACCOUNT_NUMBER, PROMPTPAY_ID, withoutSpaces } from '@pix/domain/payee.ts'
import { reactive, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { useForm } from '../../base/use-form.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** The account for transfers: what is set, what is typed, what is wrong with it, and sending it. */
export function useTransferAccount() {
  const { t } = useI18n()
  const { state, load } = useLoaded(signal => call(readTransferAccount, {}, { signal }))
  const draft = reactive({ bank: '', name: '', number: '', promptpay: '' })
  const show = (account: TransferAccount | null) =>
    Object.assign(draft, { bank: '', name: '', number: '', ...account, promptpay: account?.promptpay ?? '' })
  watch(state, now => now.status === 'loaded' && show(now.value.account))

  const missing = (text: string) => (text.trim().length < 2 ? t('settings.transfer.missing') : undefined)
  const form = useForm({
    bank: () => missing(draft.bank),
    name: () => missing(draft.name),
    number: () => (ACCOUNT_NUMBER.test(withoutSpaces(draft.number)) ? undefined : t('settings.transfer.numberWrong')),
    promptpay: () =>
      draft.promptpay.trim() === '' || PROMPTPAY_ID.test(withoutSpaces(draft.promptpay))
        ? undefined
        : t('settings.transfer.promptpayWrong'),
  })

  async function put(account: TransferAccount | null): Promise<void> {
    const saved = await call(setTransferAccount, { body: { account } })
    state.value = { status: 'loaded', value: saved }
  }
  const save = (saved: () => void) =>
    form.submit(async () => {
      const promptpay = withoutSpaces(draft.promptpay)
      await put({
        bank: draft.bank.trim(),
        name: draft.name.trim(),
        number: withoutSpaces(draft.number),
        promptpay: promptpay === '' ? null : promptpay,
      })
      saved()
    })
  async function takeNone(): Promise<void> {
    form.reset()
    await put(null)
  }
  return { state, load, draft, form, save, takeNone }
}
