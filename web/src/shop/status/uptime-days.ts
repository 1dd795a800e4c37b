import type { UptimeDay } from '@pix/contracts/uptime.ts'

const DAY_MINUTES = 1_440
/** More minutes than this in a day are a large fault. */
const SLIGHT_FAULT_MINUTES = 15

/** What a bar of the history shows. Nothing is said of a day without a measurement. */
export function lookOf({ workedMinutes, measuredMinutes }: UptimeDay): 'unknown' | 'well' | 'slight' | 'large' {
  if (measuredMinutes === 0) return 'unknown'
  if (workedMinutes === measuredMinutes) return 'well'
  return measuredMinutes - workedMinutes <= SLIGHT_FAULT_MINUTES ? 'slight' : 'large'
}

/** How much of a day was measured, 0 to 1. */
export const measuredShare = ({ measuredMinutes }: UptimeDay): number => measuredMinutes / DAY_MINUTES

/** The days together: of what was measured the share that worked, in hundredths of a percent and rounded down. */
export function sumUp(days: readonly UptimeDay[]): {
  measuredDays: number
  percent: string | null
  faults: UptimeDay[]
} {
  const sum = (of: 'workedMinutes' | 'measuredMinutes') => days.reduce((all, day) => all + day[of], 0)
  const [worked, measured] = [sum('workedMinutes'), sum('measuredMinutes')]
  return {
    measuredDays: days.filter(({ measuredMinutes }) => measuredMinutes > 0).length,
    // Only what never failed is 100 %.
    percent: measured === 0 ? null : `${Math.floor((worked * 10_000) / measured) / 100}%`,
    faults: days.filter(day => day.workedMinutes < day.measuredMinutes).reverse(),
  }
}
