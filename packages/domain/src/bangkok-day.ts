import { BANGKOK_MS } from './bangkok.ts'

/** The day of an instant in Bangkok, `2026-11-27`. */
export const bangkokDay = (at: Date): string => new Date(at.getTime() + BANGKOK_MS).toISOString().slice(0, 10)

/** The midnight in Bangkok with which a day begins. */
export const bangkokMidnight = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - BANGKOK_MS)
