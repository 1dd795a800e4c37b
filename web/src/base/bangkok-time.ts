/** Bangkok is seven hours before UTC all year, and has been since 1920. */
const AHEAD_MS = 7 * 3_600_000

/** An instant as a field for date and time shows it: `2026-11-14T18:30`, in Bangkok. */
export const toBangkokTime = (instant: string): string =>
  new Date(Date.parse(instant) + AHEAD_MS).toISOString().slice(0, 16)

/** The day of an instant in Bangkok, as a field for a date shows it: `2026-11-14`. */
export const bangkokDay = (at: Date): string => toBangkokTime(at.toISOString()).slice(0, 10)

/** The instant that such a field means; null where it holds none. */
export function fromBangkokTime(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null
  const ms = Date.parse(`${text}:00Z`)
  return Number.isNaN(ms) ? null : new Date(ms - AHEAD_MS).toISOString()
}
