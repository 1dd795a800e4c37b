import type { Component } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

/** Few buyers need it: its words come with it. */
const transferWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

/** The page on which an order is paid by a transfer. */
export async function transferPage(): Promise<{ default: Component }> {
  const [page] = await Promise.all([import('./TransferPage.vue'), loadWords([transferWords])])
  return page
}
