import type { FoundSearch } from '@pix/contracts/found.ts'
import { formatNumber } from '../../base/i18n/format.ts'
import { i18n } from '../../base/i18n/index.ts'

/** What the results of a search are headed by. */
export function foundWords({ found, maybe }: Pick<FoundSearch, 'found' | 'maybe'>): string {
  const { t } = i18n.global
  const count = found || maybe
  const photos = t('events.photoCount', { n: formatNumber(count) }, count)
  return t(found > 0 ? 'events.foundYou' : 'events.foundMaybe', { photos })
}

/** How many of them were bought; nothing where none was. */
export function boughtWords({ bought }: Pick<FoundSearch, 'bought'>): string {
  const { t } = i18n.global
  if (bought === 0) return ''
  return t('events.foundBought', { photos: t('events.photoCount', { n: formatNumber(bought) }, bought) })
}

export const resultsPath = (slug: string, searchId: string): string => `/events/${slug}/find-me?search=${searchId}`
