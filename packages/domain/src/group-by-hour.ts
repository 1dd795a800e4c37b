/** Photos `start` to `end` (not included) of a list by time, all taken in one hour. */
export interface HourGroup {
  /** Start of the hour, ms since 1970; null for photos without a time. */
  hour: number | null
  start: number
  end: number
}

const HOUR = 3_600_000

/**
 * Cuts a list of photos by time into hours. Bangkok is whole hours from UTC, so its hours are UTC's.
 *
 * @param takenAt ms since 1970 of each photo, ascending, those without a time last
 */
export function groupByHour(takenAt: readonly (number | null)[]): HourGroup[] {
  const groups: HourGroup[] = []
  for (const [at, time] of takenAt.entries()) {
    const hour = time === null ? null : Math.floor(time / HOUR) * HOUR
    const last = groups.at(-1)
    if (last && last.hour === hour) last.end = at + 1
    else groups.push({ hour, start: at, end: at + 1 })
  }
  return groups
}
