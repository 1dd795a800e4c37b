import { baht } from '@pix/contracts/common.ts'
import { expect, test } from 'vitest'
import { sumDays } from './sum-days.ts'

const days = Array.from({ length: 60 }, (_, at) => ({ day: `day ${at}`, gross: baht(at), orders: 1 }))

test('a span ends today, and is compared with as many days before it', () => {
  expect(sumDays(days, 1)).toEqual({ now: { gross: 59, orders: 1 }, before: { gross: 58, orders: 1 } })
  expect(sumDays(days, 7).now.gross).toBe(59 + 58 + 57 + 56 + 55 + 54 + 53)
  const month = sumDays(days, 30)
  expect([month.now.orders, month.before.orders]).toEqual([30, 30])
  expect(month.now.gross + month.before.gross).toBe((59 * 60) / 2)
})
