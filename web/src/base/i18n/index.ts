import type { LocalText } from '@pix/contracts/common.ts'
import { computed, watchEffect } from 'vue'
import { createI18n } from 'vue-i18n'
import { recall, remember } from '../storage.ts'

export type Locale = 'th' | 'en'
/** Sentences by name, as deep as a feature likes. */
export type Words = { [key: string]: string | Words }
/** Where sentences come from: a file per language. */
export type WordFiles = Readonly<Record<Locale, () => Promise<{ words: Words }>>>

const STORED = 'pix_locale'

/** Without a fallback: both languages have the same keys, and only one of them is loaded. */
export const i18n = createI18n({
  legacy: false,
  locale: recall(STORED) === 'en' ? 'en' : 'th',
  fallbackLocale: false,
  messages: { th: {}, en: {} } as Record<Locale, Words>,
})

/** The person's language. */
export const locale = computed(() => i18n.global.locale.value as Locale)

const loads = new Map<WordFiles, Partial<Record<Locale, Promise<void>>>>()

/** Loads what is not loaded yet of these files, in the person's language. Rejects when a file does not come. */
export async function loadWords(files: readonly WordFiles[], language: Locale = locale.value): Promise<void> {
  await Promise.all(files.map(file => loadOnce(file, language)))
}

function loadOnce(file: WordFiles, language: Locale): Promise<void> {
  const byLanguage = loads.get(file) ?? {}
  loads.set(file, byLanguage)
  return (byLanguage[language] ??= file[language]().then(
    ({ words }) => i18n.global.mergeLocaleMessage(language, words),
    (error: unknown) => {
      delete byLanguage[language]
      throw error
    },
  ))
}

/**
 * Shows the page in another language and stores the choice on this device. First it loads that language's words for all
 * areas that were opened. When they do not load it rejects, and the page keeps its language.
 */
export async function changeLocale(language: Locale): Promise<void> {
  let asked = 0
  // A page that is opened meanwhile adds further words.
  while (asked < loads.size) {
    asked = loads.size
    await loadWords([...loads.keys()], language)
  }
  i18n.global.locale.value = language
  remember(STORED, language)
}

/** The side of a two-language text that the person reads. */
export const localText = (text: LocalText): string => text[locale.value] || text.th

/** Keeps `<html lang>` true: line heights, hyphenation and screen readers depend on it. */
export function followLocale(): void {
  watchEffect(() => {
    document.documentElement.lang = locale.value
  })
}
