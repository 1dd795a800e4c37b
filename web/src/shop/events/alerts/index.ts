import { defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../../base/i18n/index.ts'

/** Only an event without photos, or a search that found none, needs them. */
const alertWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

export const NotifyMe = defineAsyncComponent(async () => {
  const [form] = await Promise.all([import('./NotifyMe.vue'), loadWords([alertWords])])
  return form.default
})
