import type { Component } from 'vue'
import { loadWords, type WordFiles } from '../../base/i18n/index.ts'

export { default as Heart } from './Heart.vue'
export { useFavourites } from './use-favourites.ts'

/** Only the favourites' page shows these words; the page of an event does not need them. */
const favouriteWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

export async function favouritesPage(): Promise<{ default: Component }> {
  const [page] = await Promise.all([import('./FavouritesPage.vue'), loadWords([favouriteWords])])
  return page
}
