import type { Translated } from '../../base/i18n/translated.ts'
import type { offlineTh } from './messages.th.ts'

export const offlineEn: Translated<typeof offlineTh> = {
  kept: 'This is what your device kept at {time}',
  retry: 'Try again',
  update: 'A new version is here',
  reload: 'Reload',
  later: 'Later',
}
