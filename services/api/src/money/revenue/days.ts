import type { DayRange } from '../../base/bangkok-days.ts'

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

/**
 * Puts in the days on which nothing was sold. An open range ends at the first and the last day with a sale.
 *
 * @param days ascending
 */
export function fillDays(days: readonly Day[], range: DayRange): Day[] {
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
