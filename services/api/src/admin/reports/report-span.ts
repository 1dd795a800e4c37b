import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import type { ReportPeriod } from '@pix/domain/words.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
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
  if (period === 'daily') return { period, from: back(today, 1), to: back(today, 1) }
  if (period === 'weekly') {
    const sinceMonday = (new Date(today).getUTCDay() + 6) % 7
    return { period, from: back(today, sinceMonday + 7), to: back(today, sinceMonday + 1) }
  }
  const to = back(`${today.slice(0, 7)}-01`, 1)
  return { period, from: `${to.slice(0, 7)}-01`, to }
}

const back = (day: string, days: number): string => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10)
