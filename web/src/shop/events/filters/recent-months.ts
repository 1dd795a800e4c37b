import { monthOf } from '../../../base/month-of.ts'

/** The months before this one that can be chosen: photos of older events are rarely still on sale. */
const EARLIER = 23

/**
 * Months that a list of events offers, `YYYY-MM`: the next one, because a sale may open before its event, this one and
 * those before.
 *
 * @param now ms since 1970
 * @param chosen a month of the address: it is among them, however old it is
 */
export function recentMonths(now: number, chosen?: string): string[] {
  const [year, month] = monthOf(now).split('-').map(Number)
  const months = Array.from({ length: EARLIER + 2 }, (_, at) =>
    new Date(Date.UTC(year!, month! - at, 1)).toISOString().slice(0, 7),
  )
  return chosen === undefined || months.includes(chosen) ? months : [...months, chosen].toSorted().toReversed()
}
