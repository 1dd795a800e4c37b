import { baht } from '@pix/contracts/common.ts'
import type { CartCoupon } from '@pix/contracts/cart.ts'
import type { coupons } from '@pix/db/schema/coupons.ts'
import { type CouponWorth, couponOff } from '@pix/domain/coupon-off.ts'

export type CouponRow = typeof coupons.$inferSelect

/** What is bought of an event, before any coupon. */
export interface PricedEvent {
  eventId: string
  /** Satang. */
  total: number
}

/** Spaces and small letters do not matter. */
export const cleanCode = (typed: string): string => typed.replaceAll(/\s/g, '').toUpperCase()

/** Whether it may be used at that time. */
export const isGood = ({ active, startsAt, endsAt }: CouponRow, at: Date): boolean =>
  active && (startsAt === null || startsAt <= at) && (endsAt === null || at < endsAt)

/** Whether it takes something off an event's photos. */
export const isFor = (coupon: CouponRow, eventId: string): boolean =>
  coupon.eventId === null || coupon.eventId === eventId

/** What a coupon takes off the price of photos of its studio. How often it was used is not asked here. */
export function applyCoupon(coupon: CouponRow, priced: readonly PricedEvent[], at: Date): CartCoupon {
  const eligible = priced.filter(({ eventId }) => isFor(coupon, eventId))
  const problem = !isGood(coupon, at) ? 'over' : eligible.length === 0 ? 'not_here' : null
  const sum = eligible.reduce((all, { total }) => all + total, 0)
  return { code: coupon.code, off: baht(problem ? 0 : couponOff(worthOf(coupon), sum)), problem }
}

/** The database holds that one of the two is there. */
const worthOf = ({ kind, percent, amount }: CouponRow): CouponWorth =>
  kind === 'percent' ? { kind, percent: percent! } : { kind, amount: amount! }
