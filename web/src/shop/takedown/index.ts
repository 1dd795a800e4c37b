import type { Component } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

/** Few visitors need it: its words come with it. */
const takedownWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

/** The page on which anybody asks for a photo to be taken down. */
export async function takedownPage(): Promise<{ default: Component }> {
  const [page] = await Promise.all([import('./TakedownPage.vue'), loadWords([takedownWords])])
  return page
}
