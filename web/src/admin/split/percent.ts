import { addDays, bangkokDay } from '@pix/domain/bangkok-day.ts'

/** Percent with at most two decimals, as typed. @returns basis points, or null for anything else */
export function toBasisPoints(text: string): number | null {
  if (!/^\d{1,3}([.,]\d{1,2})?$/.test(text.trim())) return null
  const bp = Math.round(Number(text.trim().replace(',', '.')) * 100)
  return bp <= 10_000 ? bp : null
}

/** Basis points as percent, without needless zeros: 5000 is `50`. */
export const toPercent = (bp: number): string => String(bp / 100)

/** The days of the month before the one of an instant, in Bangkok. */
export function lastMonth(now: number): { from: string; to: string } {
  const to = addDays(`${bangkokDay(new Date(now)).slice(0, 7)}-01`, -1)
  return { from: `${to.slice(0, 8)}01`, to }
}
