import { changeOwnPortfolio, isPortfolioSlug, type Portfolio, readOwnPortfolio } from '@pix/contracts/photographers.ts'
import { reactive, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { settleDraft } from '../../base/settle-draft.ts'
import { useUnsavedDraft } from '../../base/unsaved.ts'
import { useForm } from '../../base/use-form.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** A photographer's own public page: as it is kept, as it is typed, and saving it. */
export function usePortfolio() {
  const { t } = useI18n()
  const { state, load } = useLoaded(async signal => (await call(readOwnPortfolio, {}, { signal })).portfolio)
  const draft = reactive<Portfolio>({ slug: '', name: '', about: '', shown: false })
  let sent = { ...draft }
  const keep = useUnsavedDraft(() => draft)
  watch(state, now => {
    if (now.status !== 'loaded' || !now.value) return
    settleDraft(draft, sent, now.value)
    keep(now.value)
  })

  const form = useForm(
    {
      name: () => (/[\p{L}\p{N}]/u.test(draft.name) ? undefined : t('portfolio.nameFault')),
      slug: () => (isPortfolioSlug(draft.slug.trim()) ? undefined : t('portfolio.slugFault')),
    },
    { portfolio_slug_taken: 'slug' },
  )

  const save = (saved: () => void) =>
    form.submit(async () => {
      sent = { ...draft }
      const body = { ...draft, slug: draft.slug.trim(), name: draft.name.trim(), about: draft.about.trim() }
      const { portfolio } = await call(changeOwnPortfolio, { body })
      state.value = { status: 'loaded', value: portfolio }
      form.reset()
      saved()
    })
  return { state, load, draft, form, save }
}
