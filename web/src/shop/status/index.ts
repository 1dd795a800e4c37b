import { type Component, defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

/** Few visitors need it: its words come with it. */
const statusWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

/** For the console, whose forms name the same parts. */
export const withStatusWords = (load: () => Promise<{ default: Component }>) => async () => {
  const [part] = await Promise.all([load(), loadWords([statusWords])])
  return part
}

/** Incidents and maintenance, for everybody. */
export const statusPage = withStatusWords(() => import('./StatusPage.vue'))
/** What each page of the shop says above its own: a closed shop, an incident, maintenance that is near. */
export const ShopNotes = defineAsyncComponent(withStatusWords(() => import('./ShopNotes.vue')))
/** An incident or a maintenance as everybody sees it. */
export const NoticeBody = defineAsyncComponent(withStatusWords(() => import('./NoticeBody.vue')))
