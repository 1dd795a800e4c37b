import type { BuyerTaxData } from '@pix/contracts/tax-data.ts'
import { withoutSpaces } from '@pix/domain/payee.ts'
import { BRANCH, HEAD_OFFICE, isTaxId } from '@pix/domain/tax-id.ts'
import { reactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { useForm } from '../../base/use-form.ts'

/** Whom a document is made out to: what is typed, what is wrong with it, and what is sent. */
export function useTaxData() {
  const { t } = useI18n()
  const draft = reactive({ name: '', address: '', taxId: '', branch: HEAD_OFFICE })
  const hasTaxId = () => draft.taxId.trim() !== ''
  const judges = {
    name: () => (draft.name.trim().length < 2 ? t('documents.nameMissing') : undefined),
    address: () => (draft.address.trim().length < 5 ? t('documents.addressMissing') : undefined),
    taxId: () => (hasTaxId() && !isTaxId(withoutSpaces(draft.taxId)) ? t('documents.taxIdWrong') : undefined),
    branch: () => (hasTaxId() && !BRANCH.test(withoutSpaces(draft.branch)) ? t('documents.branchWrong') : undefined),
  }
  const form = useForm(judges)
  const data = (): BuyerTaxData => ({
    name: draft.name.trim(),
    address: draft.address.trim(),
    taxId: hasTaxId() ? withoutSpaces(draft.taxId) : null,
    branch: hasTaxId() ? withoutSpaces(draft.branch) : null,
  })
  /** Shows what is wrong. @returns whether nothing is */
  const check = (): boolean => {
    const names = Object.keys(judges) as (keyof typeof judges)[]
    for (const name of names) form.leave(name)
    return names.every(name => judges[name]() === undefined)
  }
  return { draft, form, data, check }
}
export type TaxDataForm = ReturnType<typeof useTaxData>
