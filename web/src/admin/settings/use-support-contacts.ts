import { readStorefront } from '@pix/contracts/storefront.ts'
import { LINE_ID, PHONE, setSupportContacts, type SupportContacts } from '@pix/contracts/support.ts'
import { reactive, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { settleDraft } from '../../base/settle-draft.ts'
import { useUnsavedDraft } from '../../base/unsaved.ts'
import { useForm } from '../../base/use-form.ts'
import { useLoaded } from '../../base/use-loaded.ts'

const EMPTY = { email: '', lineId: '', phone: '', hoursTh: '', hoursEn: '' }
const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** Where people reach us: what is set, what is typed, what is wrong with it, and sending it. */
export function useSupportContacts() {
  const { t } = useI18n()
  const { state, load } = useLoaded(async signal => (await call(readStorefront, {}, { signal })).contacts)
  const draft = reactive({ ...EMPTY })
  let sent = { ...EMPTY }
  const keep = useUnsavedDraft(() => draft)
  function show({ email, lineId, phone, hours }: SupportContacts) {
    const kept = {
      email: email ?? '',
      lineId: lineId ?? '',
      phone: phone ?? '',
      hoursTh: hours?.th ?? '',
      hoursEn: hours?.en ?? '',
    }
    settleDraft(draft, sent, kept)
    keep(kept)
  }
  watch(state, now => now.status === 'loaded' && show(now.value))

  const fits = (text: string, pattern: RegExp, fault: string) =>
    text.trim() === '' || pattern.test(text.trim()) ? undefined : t(fault)
  /** Hours are said in both languages or in none. */
  const inBoth = (one: string, other: string) =>
    one.trim() === '' && other.trim() !== '' ? t('settings.support.bothLanguages') : undefined
  const isReached = () => [draft.email, draft.lineId, draft.phone].some(text => text.trim() !== '')
  /** Hours alone reach nobody. */
  const hoursFault = (one: string, other: string) =>
    inBoth(one, other) ?? (one.trim() !== '' && !isReached() ? t('settings.support.hoursAlone') : undefined)
  const form = useForm(
    {
      email: () => fits(draft.email, /^\S+@\S+\.\S+$/, 'settings.support.emailWrong'),
      lineId: () => fits(draft.lineId, LINE_ID, 'settings.support.lineWrong'),
      phone: () => fits(draft.phone, PHONE, 'settings.support.phoneWrong'),
      hoursTh: () => hoursFault(draft.hoursTh, draft.hoursEn),
      hoursEn: () => hoursFault(draft.hoursEn, draft.hoursTh),
    },
    {},
  )

  /** @param saved gets the contacts that the shop shows from now on */
  const save = (saved: (contacts: SupportContacts) => void) =>
    form.submit(async () => {
      sent = { ...draft }
      const [th, en] = [orNull(draft.hoursTh), orNull(draft.hoursEn)]
      const value = await call(setSupportContacts, {
        body: {
          email: orNull(draft.email),
          lineId: orNull(draft.lineId),
          phone: orNull(draft.phone),
          hours: th === null || en === null ? null : { th, en },
        },
      })
      state.value = { status: 'loaded', value }
      form.reset()
      saved(value)
    })
  return { state, load, draft, form, save }
}
