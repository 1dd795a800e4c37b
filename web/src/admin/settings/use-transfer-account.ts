import { readTransferAccount, setTransferAccount, type TransferAccount } from '@pix/contracts/transfers.ts'
import { ACCOUNT_NUMBER, PROMPTPAY_ID, withoutSpaces } from '@pix/domain/payee.ts'
import { computed, reactive, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { useSession } from '../../base/session.store.ts'
import { settleDraft } from '../../base/settle-draft.ts'
import { useUnsavedDraft } from '../../base/unsaved.ts'
import { useForm } from '../../base/use-form.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** The account for transfers: what is set, what is typed, what is wrong with it, and sending it. */
export function useTransferAccount() {
  const { t } = useI18n()
  const { state, load } = useLoaded(signal => call(readTransferAccount, {}, { signal }))
  const session = useSession()
  const asksPassword = computed(() => session.user?.hasPassword ?? true)
  const password = ref('')
  const draft = reactive({ bank: '', name: '', number: '', promptpay: '' })
  let sent = { ...draft }
  const keep = useUnsavedDraft(() => draft)
  function show(account: TransferAccount | null) {
    const kept = { bank: '', name: '', number: '', ...account, promptpay: account?.promptpay ?? '' }
    settleDraft(draft, sent, kept)
    keep(kept)
  }
  watch(state, now => now.status === 'loaded' && show(now.value.account))

  const missing = (text: string) => (text.trim().length < 2 ? t('settings.transfer.missing') : undefined)
  const passwordFault = () =>
    asksPassword.value && password.value === '' ? t('settings.transfer.passwordMissing') : undefined
  // A shop that takes no transfers sends no account, so the fields may be wrong then.
  const takesNone = ref(false)
  const ofAccount = (judge: () => string | undefined) => () => (takesNone.value ? undefined : judge())
  const form = useForm(
    {
      bank: ofAccount(() => missing(draft.bank)),
      name: ofAccount(() => missing(draft.name)),
      number: ofAccount(() =>
        ACCOUNT_NUMBER.test(withoutSpaces(draft.number)) ? undefined : t('settings.transfer.numberWrong'),
      ),
      promptpay: ofAccount(() =>
        draft.promptpay.trim() === '' || PROMPTPAY_ID.test(withoutSpaces(draft.promptpay))
          ? undefined
          : t('settings.transfer.promptpayWrong'),
      ),
      password: passwordFault,
    },
    { wrong_password: 'password' },
  )

  async function put(account: TransferAccount | null): Promise<void> {
    sent = { ...draft }
    const saved = await call(setTransferAccount, {
      body: { account, ...(asksPassword.value && { password: password.value }) },
    })
    password.value = ''
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
      form.reset()
      saved()
    })
  async function takeNone(): Promise<void> {
    form.reset()
    takesNone.value = true
    await form.submit(async () => {
      await put(null)
      form.reset()
    })
    takesNone.value = false
  }
  return { state, load, draft, asksPassword, password, form, save, takeNone }
}
