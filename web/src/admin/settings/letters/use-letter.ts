import {
  forgetLetterWords,
  getLetter,
  LETTER_BOUNDS,
  type LetterName,
  type LetterSaid,
  type LetterWords,
  setLetterWords,
} from '@pix/contracts/letter-words.ts'
import { placeFaults } from '@pix/domain/letter-places.ts'
import { computed, reactive, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../../base/api.ts'
import { type Locale, locale as shown } from '../../../base/i18n/index.ts'
import { useForm } from '../../../base/use-form.ts'
import { useLoaded } from '../../../base/use-loaded.ts'

/** A letter as it is typed: its paragraphs with an empty line between them. */
interface Draft {
  subject: string
  lines: string
  action: string
  hint: string
}

const empty = (): Draft => ({ subject: '', lines: '', action: '', hint: '' })
/** What is sent now. */
const sent = ({ ours, own }: LetterWords['th']) => own ?? ours

const toDraft = ({ lines, ...said }: LetterSaid): Draft => ({ ...said, lines: lines.join('\n\n') })

const toWords = ({ subject, lines, action, hint }: Draft): LetterSaid => ({
  subject: subject.trim(),
  lines: lines
    .split(/\n\s*\n/)
    .map(line => line.trim())
    .filter(line => line !== ''),
  action: action.trim(),
  hint: hint.trim(),
})

const isSame = (one: LetterSaid, other: LetterSaid) => JSON.stringify(one) === JSON.stringify(other)

/** A letter's words: what is sent now, what is typed in each language, what is wrong with it, and keeping it. */
export function useLetter(template: LetterName) {
  const { t } = useI18n()
  const { state, load } = useLoaded(signal => call(getLetter, { params: { template } }, { signal }))
  const language = ref<Locale>(shown.value)
  const drafts = reactive({ th: empty(), en: empty() })
  const draft = computed(() => drafts[language.value])
  const words = computed(() => toWords(draft.value))
  const letter = computed(() => (state.value.status === 'loaded' ? state.value.value : undefined))

  const show = (read: LetterWords, of: Locale) => Object.assign(drafts[of], toDraft(sent(read[of])))
  watch(letter, (now, before) => {
    if (!now || before) return
    show(now, 'th')
    show(now, 'en')
  })
  const isUnsavedIn = (of: Locale) =>
    letter.value !== undefined && !isSame(toWords(drafts[of]), toWords(toDraft(sent(letter.value[of]))))
  const isUnsaved = computed(() => isUnsavedIn('th') || isUnsavedIn('en'))

  function placeFault(field: keyof LetterSaid): string | undefined {
    if (!letter.value) return undefined
    const fault = placeFaults(letter.value.places, words.value).find(each => each.field === field)
    return fault && t(`letters.fault.${fault.kind}`, { place: `{${fault.name}}` })
  }
  const textFault = (field: 'subject' | 'action' | 'hint') => {
    if (words.value[field] === '') return t('letters.fault.empty')
    if (words.value[field].length > LETTER_BOUNDS[field]) return t('letters.fault.long', { max: LETTER_BOUNDS[field] })
    return placeFault(field)
  }
  const linesFault = () => {
    const { lines } = words.value
    if (lines.length === 0) return t('letters.fault.empty')
    if (lines.length > LETTER_BOUNDS.lines) return t('letters.fault.many', { max: LETTER_BOUNDS.lines })
    if (lines.some(line => line.length > LETTER_BOUNDS.line))
      return t('letters.fault.long', { max: LETTER_BOUNDS.line })
    return placeFault('lines')
  }
  const judges = {
    subject: () => textFault('subject'),
    lines: linesFault,
    action: () => textFault('action'),
    hint: () => textFault('hint'),
  }
  const form = useForm(judges)
  const fits = computed(() => Object.values(judges).every(judge => judge() === undefined))
  watch(language, form.reset)

  /** What the server now sends; what is typed in the other language stays. */
  function take(read: LetterWords, of: Locale) {
    state.value = { status: 'loaded', value: read }
    show(read, of)
    form.reset()
  }
  const save = (saved: () => void) =>
    form.submit(async () => {
      const of = language.value
      take(await call(setLetterWords, { params: { template, locale: of }, body: words.value }), of)
      saved()
    })
  const forget = async () => {
    const of = language.value
    take(await call(forgetLetterWords, { params: { template, locale: of } }), of)
  }
  return { state, load, letter, language, draft, words, isUnsaved, isUnsavedIn, fits, form, save, forget }
}
