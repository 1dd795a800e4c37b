import type { EventStatistics, Steps } from '@pix/contracts/statistics.ts'
import { BANGKOK_MS } from '@pix/domain/bangkok.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'

export interface HourOfEvent {
  /** Its beginning. */
  at: Date
  steps: Steps
}

const add = (a: Steps, b: Steps): Steps => ({
  visits: a.visits + b.visits,
  searches: a.searches + b.searches,
  carts: a.carts + b.carts,
  paid: a.paid + b.paid,
})
const NONE: Steps = { visits: 0, searches: 0, carts: 0, paid: 0 }

/** Hours of an event, in any order, as days and as hours of the day in Bangkok. */
export function sumHours(hours: readonly HourOfEvent[]): Pick<EventStatistics, 'total' | 'byDay' | 'byHour'> {
  const days = new Map<string, Steps>()
  const byHour = Array.from({ length: 24 }, () => NONE)
  let total = NONE
  for (const { at, steps } of hours) {
    const [day, hour] = [bangkokDay(at), new Date(at.getTime() + BANGKOK_MS).getUTCHours()]
    total = add(total, steps)
    days.set(day, add(days.get(day) ?? NONE, steps))
    byHour[hour] = add(byHour[hour] ?? NONE, steps)
  }
  return {
    total,
    byDay: [...days].map(([day, steps]) => ({ day, ...steps })).toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    byHour: byHour.map((steps, hour) => ({ hour, ...steps })),
  }
}
