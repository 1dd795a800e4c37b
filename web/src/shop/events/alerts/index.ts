import { defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../../base/i18n/index.ts'

/** Only an event without photos, or a search that found few or none, needs them. */
const alertWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

const withWords = <T>(form: Promise<{ default: T }>): Promise<T> =>
  Promise.all([form, loadWords([alertWords])]).then(([{ default: shown }]) => shown)

export const NotifyMe = defineAsyncComponent(() => withWords(import('./NotifyMe.vue')))
export const AlertForm = defineAsyncComponent(() => withWords(import('./AlertForm.vue')))
