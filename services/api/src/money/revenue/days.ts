const DAY_MS = 86_400_000

interface Day {
  /** `YYYY-MM-DD` */
  day: string
  /** Satang. */
  gross: number
  orders: number
}

/** Longest range that is filled: a chart of more days would not be read. */
const LIMIT = 1_100

/** Bangkok knows no summer time. */
const beginOf = (day: string): Date => new Date(`${day}T00:00:00+07:00`)

/** The instants of a range of days in Bangkok: from `since` on, before `before`. */
export function bangkokDays({ from, to }: { from?: string | undefined; to?: string | undefined }): {
  since: Date | undefined
  before: Date | undefined
} {
  return {
    since: from === undefined ? undefined : beginOf(from),
    before: to === undefined ? undefined : new Date(beginOf(to).getTime() + DAY_MS),
  }
}

/**
 * Puts in the days on which nothing was sold. An open range ends at the first and the last day with a sale.
 *
 * @param days ascending
 */
export function fillDays(days: readonly Day[], range: { from?: string | undefined; to?: string | undefined }): Day[] {
  const first = range.from ?? days[0]?.day
  const last = range.to ?? days.at(-1)?.day
  if (first === undefined || last === undefined) return [...days]
  const byDay = new Map(days.map(day => [day.day, day]))
  const filled: Day[] = []
  for (let at = Date.parse(first); at <= Date.parse(last) && filled.length < LIMIT; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10)
    filled.push(byDay.get(day) ?? { day, gross: 0, orders: 0 })
  }
  return filled
}
