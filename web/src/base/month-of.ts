import { bangkokDay } from '@pix/domain/bangkok-day.ts'

/** The month of an instant in Bangkok, `YYYY-MM`. */
export const monthOf = (now: number): string => bangkokDay(new Date(now)).slice(0, 7)
