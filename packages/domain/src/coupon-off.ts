/** What a coupon takes off: a percentage of the price, or an amount in satang. */
export type CouponWorth = { kind: 'percent'; percent: number } | { kind: 'fixed'; amount: number }

/**
 * The discount of a coupon.
 *
 * @param eligible the price of the photos that it covers, satang
 * @returns satang, never more than `eligible`; half a satang is taken off
 */
export const couponOff = (worth: CouponWorth, eligible: number): number =>
  Math.min(eligible, worth.kind === 'fixed' ? worth.amount : Math.floor((eligible * worth.percent + 50) / 100))
