import { listAdjustable, listAdjustments, MOST_CORRECTED, postAdjustment } from '@pix/contracts/adjustments.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import { parseTypedBaht } from '@pix/domain/money.ts'
import { computed, reactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { useForm } from '../../base/use-form.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { usePages } from '../../base/use-pages.ts'

/** Corrections of a studio's books by hand, newest first. */
export const useCorrections = (studio: string) =>
  usePages((cursor, signal) =>
    call(listAdjustments, { query: { studio, limit: 10, ...(cursor && { cursor }) } }, { signal }),
  )

type Account = Awaited<ReturnType<typeof load>>[number]
const load = (studio: string, signal: AbortSignal) =>
  call(listAdjustable, { query: { studio } }, { signal }).then(({ items }) => items)
const keyOf = ({ kind, ownerId }: Pick<Account, 'kind' | 'ownerId'>) => `${kind} ${ownerId ?? ''}`
const chosen = (key: string) => {
  const [kind, ownerId] = key.split(' ') as [Account['kind'], string]
  return { kind, ownerId: ownerId === '' ? null : ownerId }
}

/** A correction while it is entered. */
export function useCorrection(studioId: string, asksPassword: () => boolean) {
  const { t } = useI18n()
  const accounts = useLoaded(signal => load(studioId, signal))
  const draft = reactive({ from: '', to: '', amount: '', reference: '', reason: '', password: '' })
  const form = useForm(
    {
      from: () => (draft.from === '' ? t('paying.fix.accountMissing') : undefined),
      to: () =>
        draft.to === ''
          ? t('paying.fix.accountMissing')
          : draft.to === draft.from
            ? t('paying.fix.accountTwice')
            : undefined,
      amount: () => {
        const satang = parseTypedBaht(draft.amount)
        if (!satang) return t('paying.fix.amountWrong')
        return satang > MOST_CORRECTED ? t('paying.fix.amountMost', { most: formatMoney(MOST_CORRECTED) }) : undefined
      },
      reference: () => (draft.reference.trim() === '' ? t('paying.fix.referenceMissing') : undefined),
      reason: () => (draft.reason.trim() === '' ? t('paying.reasonMissing') : undefined),
      password: () => (asksPassword() && draft.password === '' ? t('payouts.passwordMissing') : undefined),
    },
    { adjustment_made: 'reference', wrong_password: 'password' },
  )
  /** What is chosen from on one side; the gateway's account is named by what happens to its money there. */
  const options = (side: 'from' | 'to') =>
    computed(() => {
      const { value } = accounts.state
      const items = value.status === 'loaded' ? value.value : []
      const named = items.map(one => ({ value: keyOf(one), label: labelOf(one, side) }))
      return [{ value: '', label: t('paying.fix.choose') }, ...named]
    })
  function labelOf({ kind, name }: Account, side: 'from' | 'to'): string {
    const said = t(kind === 'gateway_clearing' ? `paying.fix.clearing.${side}` : `ledger.accounts.${kind}`)
    return name === null ? said : `${name} · ${said}`
  }
  const send = (done: () => void) =>
    form.submit(async () => {
      const { from, to, amount, reference, reason, password } = draft
      await call(postAdjustment, {
        body: {
          studioId,
          from: chosen(from),
          to: chosen(to),
          amount: { amount: parseTypedBaht(amount)!, currency: 'THB' },
          reference: reference.trim(),
          reason: reason.trim(),
          ...(asksPassword() && { password }),
        },
      })
      done()
    })
  return { accounts, draft, form, from: options('from'), to: options('to'), send }
}
