import { bangkokDay } from '@pix/domain/bangkok-day.ts'

/** An hour of Bangkok's day. */
const MORNING_HOUR = 7
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** From an instant on, up to another one that no longer counts. */
export interface Span {
  since: Date
  until: Date
}

/** 07:00 of a day in Bangkok. */
const morningOf = (day: string): Date => new Date(`${day}T0${MORNING_HOUR}:00:00+07:00`)

/** What a photographer's page counts at this moment: from 07:00 of yesterday on. */
export const shownSpan = (at: Date): Span => ({
  since: new Date(morningOf(bangkokDay(at)).getTime() - DAY_MS),
  until: new Date(at.getTime() + 1),
})

/** What the letter of a morning counts: the day before the last 07:00. */
export function letterSpan(at: Date): Span & { day: string } {
  const day = bangkokDay(new Date(at.getTime() - MORNING_HOUR * HOUR_MS))
  const until = morningOf(day)
  return { day, since: new Date(until.getTime() - DAY_MS), until }
}
