import { BANGKOK_MS } from '@pix/domain/bangkok.ts'

/** An instant as a field for date and time shows it: `2026-11-14T18:30`, in Bangkok. */
export const toBangkokTime = (instant: string): string =>
  new Date(Date.parse(instant) + BANGKOK_MS).toISOString().slice(0, 16)

/** The instant that such a field means; null where it holds none. */
export function fromBangkokTime(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null
  const ms = Date.parse(`${text}:00Z`)
  return Number.isNaN(ms) ? null : new Date(ms - BANGKOK_MS).toISOString()
}
