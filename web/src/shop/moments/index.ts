import { type Component, defineAsyncComponent } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

export { foldMoments, type Moment } from './fold-moments.ts'

/** Only a tile that stands for several photos needs them. */
const momentWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

const withWords = <T extends Component>(load: () => Promise<{ default: T }>): T =>
  defineAsyncComponent(async () => {
    const [part] = await Promise.all([load(), loadWords([momentWords])])
    return part.default
  }) as unknown as T

/** On the tile of a burst: how many photos it stands for, and the way to them. */
export const MomentMark = withWords(() => import('./MomentMark.vue'))
export const MomentDialog = withWords(() => import('./MomentDialog.vue'))
