import { defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../../base/i18n/index.ts'

/** Only the list of events needs them. */
const filterWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

/** Narrows the list of events to a month and a province. */
export const EventFilters = defineAsyncComponent(async () => {
  const [filters] = await Promise.all([import('./EventFilters.vue'), loadWords([filterWords])])
  return filters.default
})
