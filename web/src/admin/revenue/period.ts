import { addDays, bangkokDay } from '@pix/domain/bangkok-day.ts'

/** Calendar days in Asia/Bangkok, `YYYY-MM-DD`, both included. */
export interface Period {
  from: string
  to: string
}
export type PeriodName = 'today' | 'days30' | 'month' | 'year'

const DAY_MS = 86_400_000

const toMs = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** The days a named period covers at the given moment (ms since 1970). */
export function periodOf(name: PeriodName, now: number): Period {
  const to = bangkokDay(new Date(now))
  const starts: Record<PeriodName, string> = {
    today: to,
    days30: addDays(to, -29),
    month: `${to.slice(0, 8)}01`,
    year: `${to.slice(0, 5)}01-01`,
  }
  return { from: starts[name], to }
}

/** As many days, immediately before. */
export function periodBefore({ from, to }: Period): Period {
  const days = Math.round((toMs(to) - toMs(from)) / DAY_MS) + 1
  return { from: addDays(from, -days), to: addDays(from, -1) }
}

const DAY = /^\d{4}-\d\d-\d\d$/
const isDay = (text: unknown): text is string => typeof text === 'string' && DAY.test(text) && !Number.isNaN(toMs(text))

/** The days that an address names, as a report by mail does: `?from=2026-11-01&to=2026-11-30`. */
export const periodIn = ({ from, to }: Readonly<Record<string, unknown>>): Period | undefined =>
  isDay(from) && isDay(to) && from <= to ? { from, to } : undefined
