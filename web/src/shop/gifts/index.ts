import { type Component, defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

/** Only the page of a paid order needs them. */
const giftWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

const withWords = <T extends Component>(load: () => Promise<{ default: T }>): T =>
  defineAsyncComponent(async () => {
    const [part] = await Promise.all([load(), loadWords([giftWords])])
    return part.default
  }) as unknown as T

/** The links by which photos of an order are given, and the dialog that makes one. */
export const OrderGifts = withWords(() => import('./OrderGifts.vue'))
export const GiveButton = withWords(() => import('./GiveButton.vue'))
