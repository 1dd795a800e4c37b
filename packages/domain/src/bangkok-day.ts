import { BANGKOK_MS } from './bangkok.ts'

const DAY_MS = 86_400_000

/** The day of an instant in Bangkok, `2026-11-27`. */
export const bangkokDay = (at: Date): string => new Date(at.getTime() + BANGKOK_MS).toISOString().slice(0, 10)

/** The day so many days after another one; before it, where the number is below 0. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The midnight in Bangkok with which a day begins. */
export const bangkokMidnight = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - BANGKOK_MS)
