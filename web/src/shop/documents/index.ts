import { type Component, defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

/** Few pages need them, and late: they come with the components below. */
const documentWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

const withWords = <T extends Component>(load: () => Promise<{ default: T }>): T =>
  defineAsyncComponent(async () => {
    const [part] = await Promise.all([load(), loadWords([documentWords])])
    return part.default
  }) as unknown as T

export const CheckoutTaxData = withWords(() => import('./CheckoutTaxData.vue'))
export const OrderDocuments = withWords(() => import('./OrderDocuments.vue'))
export const DocumentLink = withWords(() => import('./DocumentLink.vue'))
