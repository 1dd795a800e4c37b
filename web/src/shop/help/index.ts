import type { Component } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

/** Long texts: they come with their pages. */
const helpWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

const withWords = (load: () => Promise<{ default: Component }>) => async () => {
  const [page] = await Promise.all([load(), loadWords([helpWords])])
  return page
}

/** Questions with their answers, and where our people are reached. */
export const helpPage = withWords(() => import('./HelpPage.vue'))
/** What one kind of person does here, from the first step to the last. */
export const guidePage = withWords(() => import('./guides/GuidePage.vue'))
