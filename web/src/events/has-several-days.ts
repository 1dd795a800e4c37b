import type { EventDetail } from '@pix/contracts/events.ts'
import { formatDayYear } from '../app/i18n/format.ts'

/**
 * Whether a time of day alone does not say when in this event a photo was taken: it lasts, or was photographed, on more
 * than one day. Its end is not part of it: what ends at midnight ends that day.
 */
export function hasSeveralDays({
  startsAt,
  endsAt,
  timeline,
}: Pick<EventDetail, 'startsAt' | 'endsAt' | 'timeline'>): boolean {
  const last = new Date(Math.max(Date.parse(startsAt), Date.parse(endsAt) - 1))
  const times = [startsAt, last, ...timeline.map(({ at }) => at)]
  return new Set(times.map(formatDayYear)).size > 1
}
