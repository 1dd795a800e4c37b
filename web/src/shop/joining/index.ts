import { defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

/** Only photographers who are new here need them. */
const joiningWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

const withWords = <T>(part: Promise<{ default: T }>): Promise<T> =>
  Promise.all([part, loadWords([joiningWords])]).then(([{ default: shown }]) => shown)

/** What photographers get here and how they begin. */
export const joinPage = () => withWords(import('./JoinPage.vue'))
/** The part of the home page that leads there. */
export const JoinSection = defineAsyncComponent(() => withWords(import('./JoinSection.vue')))
