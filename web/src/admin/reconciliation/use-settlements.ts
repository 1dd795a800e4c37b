import { baht } from '@pix/contracts/common.ts'
import { expectSettlement, listSettlements, recordSettlement, type Settlement } from '@pix/contracts/settlements.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { parseTypedBaht } from '@pix/domain/money.ts'
import { computed, reactive, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { useForm } from '../../base/use-form.ts'
import { usePages } from '../../base/use-pages.ts'

/** Statements of gateways beside our books, newest first. */
export function useSettlements() {
  /** What the answer says beside its page: which gateways there are, and what is left of the fees. */
  const facts = shallowRef<{ gateways: readonly string[]; feeBalance: number }>({ gateways: [], feeBalance: 0 })
  const pages = usePages<Settlement>(async (cursor, signal) => {
    const query = { limit: 10, ...(cursor && { cursor }) }
    const { gateways, feeBalance, ...page } = await call(listSettlements, { query }, { signal })
    facts.value = { gateways, feeBalance: feeBalance.amount }
    return page
  })
  return { ...pages, facts }
}

type Reckoned = Pick<Settlement, 'receipts' | 'received' | 'feeReckoned'>
const DAY_MS = 86_400_000
const yesterday = () => bangkokDay(new Date(Date.now() - DAY_MS))

/** A gateway's statement while it is entered, with what our books say of its days. */
export function useSettlement(gateways: readonly string[]) {
  const { t } = useI18n()
  const last = yesterday()
  const draft = reactive({
    gateway: gateways[0] ?? '',
    firstDay: last,
    lastDay: last,
    total: '',
    fee: '',
    reference: '',
  })
  const amounts = computed(() => ({ total: parseTypedBaht(draft.total), fee: parseTypedBaht(draft.fee) }))
  const isRange = () => draft.firstDay !== '' && draft.firstDay <= draft.lastDay
  const form = useForm(
    {
      firstDay: () => (draft.firstDay === '' ? t('books.settled.dayMissing') : undefined),
      lastDay: () => (isRange() && draft.lastDay <= yesterday() ? undefined : t('books.settled.dayWrong')),
      total: () => (amounts.value.total ? undefined : t('books.settled.amountWrong')),
      fee: () =>
        amounts.value.fee === null
          ? t('books.settled.feeWrong')
          : amounts.value.fee > (amounts.value.total ?? Infinity)
            ? t('books.settled.feeTooLarge')
            : undefined,
      reference: () => (draft.reference.trim() === '' ? t('books.settled.referenceMissing') : undefined),
    },
    { settlement_known: 'reference', days_settled: 'lastDay' },
  )
  /** What our books say; null until it is known, and where it could not be asked. */
  const reckoned = shallowRef<Reckoned | null>(null)
  const days = () => ({ gateway: draft.gateway, firstDay: draft.firstDay, lastDay: draft.lastDay })
  watch(
    days,
    async (query, _before, onCleanup) => {
      reckoned.value = null
      if (query.gateway === '' || !isRange()) return
      const asking = new AbortController()
      onCleanup(() => asking.abort())
      const found = await call(expectSettlement, { query }, { signal: asking.signal }).catch(() => null)
      if (!asking.signal.aborted) reckoned.value = found
    },
    { immediate: true, deep: true },
  )
  const send = (done: () => void) =>
    form.submit(async () => {
      const { total, fee } = amounts.value
      const body = { ...days(), reference: draft.reference.trim(), total: baht(total!), fee: baht(fee!) }
      await call(recordSettlement, { body })
      done()
    })
  return { draft, amounts, form, reckoned, send, last }
}
