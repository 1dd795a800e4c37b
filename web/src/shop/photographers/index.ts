import { type Component, defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

/** No event's page needs them before its gallery is open. */
const photographerWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

async function withWords<T>(load: Promise<T>): Promise<T> {
  const [part] = await Promise.all([load, loadWords([photographerWords])])
  return part
}

/** A photographer's public page. */
export const portfolioPage = (): Promise<{ default: Component }> => withWords(import('./PortfolioPage.vue'))

/** Narrows a gallery to one of its event's photographers. */
export const PhotographerChips = defineAsyncComponent(
  async () => (await withWords(import('./PhotographerChips.vue'))).default,
)
