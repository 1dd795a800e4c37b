import { addDays, bangkokDay } from '@pix/domain/bangkok-day.ts'
import type { ReportPeriod } from '@pix/domain/words.ts'

const HOUR_MS = 3_600_000
/** Reports are written from this hour of Bangkok on: what came in the last hours has settled, and people are awake. */
const FROM_HOUR_MS = 7 * HOUR_MS

/** A day, a week or a month that is over. Its days are those of Bangkok, both included. */
export interface ReportSpan {
  period: ReportPeriod
  from: string
  to: string
}

/** The last day, week (from Monday on) or month whose report is due. */
export function lastSpan(period: ReportPeriod, now: Date): ReportSpan {
  const today = bangkokDay(new Date(now.getTime() - FROM_HOUR_MS))
  if (period === 'daily') return { period, from: addDays(today, -1), to: addDays(today, -1) }
  if (period === 'weekly') {
    const sinceMonday = (new Date(today).getUTCDay() + 6) % 7
    return { period, from: addDays(today, -sinceMonday - 7), to: addDays(today, -sinceMonday - 1) }
  }
  const to = addDays(`${today.slice(0, 7)}-01`, -1)
  return { period, from: `${to.slice(0, 7)}-01`, to }
}
