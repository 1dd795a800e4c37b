import { changePayee, type OwnPayee } from '@pix/contracts/payees.ts'
import { BANK_CODES, type BankCode } from '@pix/domain/banks.ts'
import { ACCOUNT_NUMBER, withoutSpaces } from '@pix/domain/payee.ts'
import { isJuristicTaxId, isTaxId } from '@pix/domain/tax-id.ts'
import { computed, reactive, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { useSession } from '../../base/session.store.ts'
import { useUnsavedDraft } from '../../base/unsaved.ts'
import { useForm } from '../../base/use-form.ts'

/** The bank account of a payee: what is typed, what is wrong with it, and sending it. Numbers are typed again each time. */
export function usePayee(payee: OwnPayee, saved: (changed: OwnPayee) => void) {
  const { t, locale } = useI18n()
  const session = useSession()
  const asksPassword = computed(() => session.user?.hasPassword ?? true)
  const { account } = payee
  const draft = reactive({
    bank: (account?.bank ?? '') as BankCode | '',
    account: '',
    accountName: account?.accountName ?? '',
    form: account?.form ?? ('person' as const),
    name: account?.name ?? '',
    address: account?.address ?? '',
    taxId: '',
    vatRegistered: account?.vatRegistered ?? false,
  })
  const keep = useUnsavedDraft(() => draft)
  const password = ref('')

  const taxIdFault = () => {
    const id = withoutSpaces(draft.taxId)
    if (!isTaxId(id)) return t('payouts.taxIdWrong')
    return draft.form === 'juristic' && !isJuristicTaxId(id) ? t('payouts.taxIdNotJuristic') : undefined
  }
  const form = useForm(
    {
      bank: () => (draft.bank === '' ? t('payouts.bankMissing') : undefined),
      account: () => (ACCOUNT_NUMBER.test(withoutSpaces(draft.account)) ? undefined : t('payouts.accountWrong')),
      accountName: () => (draft.accountName.trim().length < 2 ? t('payouts.accountNameMissing') : undefined),
      name: () => (draft.name.trim().length < 2 ? t('payouts.nameMissing') : undefined),
      address: () => (draft.address.trim().length < 5 ? t('payouts.addressMissing') : undefined),
      taxId: taxIdFault,
      password: () => (asksPassword.value && password.value === '' ? t('payouts.passwordMissing') : undefined),
    },
    { wrong_password: 'password' },
  )
  const save = () =>
    form.submit(async () => {
      const bank = BANK_CODES.find(code => code === draft.bank)!
      const given = asksPassword.value ? { password: password.value } : {}
      const body = { ...draft, bank, locale: locale.value === 'th' ? ('th' as const) : ('en' as const), ...given }
      const changed = await call(changePayee, { params: { party: payee.party, id: payee.id }, body })
      keep()
      saved(changed)
      password.value = ''
      form.reset()
    })
  return { draft, password, asksPassword, form, save }
}
