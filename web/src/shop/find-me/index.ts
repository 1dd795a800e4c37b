import { type Component, defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

/** Nothing that an event's page shows needs them. */
const findWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

const withWords = async <T>(load: Promise<T>): Promise<T> => {
  const [part] = await Promise.all([load, loadWords([findWords])])
  return part
}

export const findMePage = (): Promise<{ default: Component }> => withWords(import('./FindMePage.vue'))
export const hideMePage = (): Promise<{ default: Component }> => withWords(import('./hide-me/HideMePage.vue'))

/** The first photos of a search, for pages that list searches. */
export const FoundStrip = defineAsyncComponent(
  async () => (await withWords(import('./results/FoundStrip.vue'))).default,
)
