import { BANGKOK_MS } from './bangkok.ts'

const DAY_MS = 86_400_000

const dayInBangkok = (ms: number): number => Math.floor((ms + BANGKOK_MS) / DAY_MS)

/**
 * Whether a time of day alone does not say when in this event a photo was taken: the event lasts more than one day, or
 * was photographed on several. An event that ends at midnight ends on the day before.
 */
export function hasSeveralDays({
  startsAt,
  endsAt,
  timeline,
}: {
  startsAt: string
  endsAt: string
  timeline: readonly { at: string }[]
}): boolean {
  const start = Date.parse(startsAt)
  const last = Math.max(start, Date.parse(endsAt) - 1)
  return new Set([start, last, ...timeline.map(({ at }) => Date.parse(at))].map(dayInBangkok)).size > 1
}
