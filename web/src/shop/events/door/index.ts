import { defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../../base/i18n/index.ts'

/** Only who stands before a closed event needs them. */
const doorWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

export const EventDoor = defineAsyncComponent(async () => {
  const [door] = await Promise.all([import('./EventDoor.vue'), loadWords([doorWords])])
  return door.default
})
