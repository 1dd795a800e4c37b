import { changeSeller, type Seller } from '@pix/contracts/sellers.ts'
import { withoutSpaces } from '@pix/domain/payee.ts'
import { BRANCH, HEAD_OFFICE, isTaxId } from '@pix/domain/tax-id.ts'
import { reactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { settleDraft } from '../../base/settle-draft.ts'
import { useUnsavedDraft } from '../../base/unsaved.ts'
import { useForm } from '../../base/use-form.ts'

const typed = (seller: Seller) => ({ ...seller, taxId: seller.taxId ?? '', branch: seller.branch ?? HEAD_OFFICE })

/** What documents say of a studio's seller: what is typed, what is wrong with it, and sending it. */
export function useSeller(studioId: string, seller: Seller) {
  const { t } = useI18n()
  const draft = reactive(typed(seller))
  const keep = useUnsavedDraft(() => draft)
  const isNeeded = () => draft.vat === 'registered' || draft.taxId.trim() !== ''
  const form = useForm({
    name: () => (draft.name.trim().length < 2 ? t('seller.nameMissing') : undefined),
    address: () => (draft.address.trim().length < 5 ? t('seller.addressMissing') : undefined),
    taxId: () => (isNeeded() && !isTaxId(withoutSpaces(draft.taxId)) ? t('seller.taxIdWrong') : undefined),
    sellsAs: () => (draft.vat === 'registered' && draft.sellsAs === 'agent' ? t('seller.agentNotYet') : undefined),
    branch: () => (isNeeded() && !BRANCH.test(withoutSpaces(draft.branch)) ? t('seller.branchWrong') : undefined),
  })
  const save = (saved: () => void) =>
    form.submit(async () => {
      const sent = { ...draft }
      const body = {
        vat: draft.vat,
        name: draft.name.trim(),
        address: draft.address.trim(),
        taxId: isNeeded() ? withoutSpaces(draft.taxId) : null,
        branch: isNeeded() ? withoutSpaces(draft.branch) : null,
        sellsAs: draft.sellsAs,
        soldAs: draft.soldAs,
      }
      const kept = typed(await call(changeSeller, { params: { id: studioId }, body }))
      settleDraft(draft, sent, kept)
      keep(kept)
      saved()
    })
  return { draft, form, save }
}
