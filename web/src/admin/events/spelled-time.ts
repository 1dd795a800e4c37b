import { fromBangkokTime } from '../../base/bangkok-time.ts'
import { formatDate, formatTime } from '../../base/i18n/format.ts'
import { i18n } from '../../base/i18n/index.ts'

/** What the time in a field means, in the person's own calendar. */
export function spelledTime(text: string): string {
  const instant = fromBangkokTime(text)
  return instant === null ? i18n.global.t('manage.bangkok') : `${formatDate(instant)} ${formatTime(instant)}`
}
