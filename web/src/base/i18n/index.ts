import type { LocalText } from '@pix/contracts/common.ts'
import { computed, watchEffect } from 'vue'
import { createI18n } from 'vue-i18n'
import { recall, remember } from '../storage.ts'

export type Locale = 'th' | 'en'
/** Sentences by name, as deep as a feature likes. */
export type Words = { [key: string]: string | Words }

const STORED = 'pix_locale'

export const i18n = createI18n({
  legacy: false,
  locale: recall(STORED) === 'en' ? 'en' : 'th',
  fallbackLocale: 'th',
  messages: { th: {}, en: {} } as Record<Locale, Words>,
})

/** The person's language; writing it changes the page at once and is remembered on this device. */
export const locale = computed<Locale>({
  get: () => i18n.global.locale.value as Locale,
  set: value => {
    i18n.global.locale.value = value
    remember(STORED, value)
  },
})

/** The side of a two-language text that the person reads. */
export const localText = (text: LocalText): string => text[locale.value] || text.th

/** Keeps `<html lang>` true: line heights, hyphenation and screen readers depend on it. */
export function followLocale(): void {
  watchEffect(() => {
    document.documentElement.lang = locale.value
  })
}
