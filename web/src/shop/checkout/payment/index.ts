import type { Component } from 'vue'
import { loadWords, type WordFiles } from '../../../base/i18n/index.ts'

/** Only this page shows these words; the page of an event does not need them. */
const paymentWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

/** The page of a QR that waits to be paid. */
export async function paymentPage(): Promise<{ default: Component }> {
  const [page] = await Promise.all([import('./PaymentPage.vue'), loadWords([paymentWords])])
  return page
}
