import { i18n } from '../base/i18n/index.ts'
import { uiEn } from '../ui/messages.en.ts'
import { uiTh } from '../ui/messages.th.ts'
import { pageEn } from './page-messages.en.ts'
import { pageTh } from './page-messages.th.ts'

/** Part of the script, in both languages: a page can report that other parts did not load. */
export const firstWords = {
  th: { page: pageTh, ui: uiTh },
  en: { page: pageEn, ui: uiEn },
}

/** Gives the pages the words that need not be loaded. */
export function showFirstWords(): void {
  i18n.global.mergeLocaleMessage('th', firstWords.th)
  i18n.global.mergeLocaleMessage('en', firstWords.en)
}
