import type { Dashboard } from '@pix/contracts/dashboard.ts'

interface Sum {
  /** Satang. */
  gross: number
  orders: number
}

const sumOf = (days: Dashboard['days']): Sum => ({
  gross: days.reduce((all, day) => all + day.gross.amount, 0),
  orders: days.reduce((all, day) => all + day.orders, 0),
})

/** The last days, today with them, and as many before. */
export function sumDays(days: Dashboard['days'], length: number): { now: Sum; before: Sum } {
  return { now: sumOf(days.slice(-length)), before: sumOf(days.slice(-2 * length, -length)) }
}
