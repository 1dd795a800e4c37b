import { addDays } from '@pix/domain/bangkok-day.ts'
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
  const span = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1
  return Array.from({ length: Math.min(span, LIMIT) }, (_, at) => {
    const day = addDays(first, at)
    return byDay.get(day) ?? { day, gross: 0, orders: 0 }
  })
}
