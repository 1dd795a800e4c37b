import type { NewCoupon } from '@pix/contracts/coupons.ts'
import { parseTypedBaht } from '@pix/domain/money.ts'
import type { CouponKind } from '@pix/domain/words.ts'
import { fromBangkokTime } from '../../base/bangkok-time.ts'

/** A coupon as its form holds it: every field is what an input shows. */
export interface CouponDraft {
  code: string
  kind: CouponKind
  /** Percent, or baht. */
  worth: string
  /** Empty: every event. */
  eventId: string
  startsAt: string
  endsAt: string
  maxUses: string
  maxUsesPerBuyer: string
}
export type CouponField = Exclude<keyof CouponDraft, 'kind' | 'eventId'>
type Fault = 'code' | 'percent' | 'amount' | 'time' | 'order' | 'uses'

export const EMPTY_COUPON: CouponDraft = {
  code: '',
  kind: 'percent',
  worth: '',
  eventId: '',
  startsAt: '',
  endsAt: '',
  maxUses: '',
  maxUsesPerBuyer: '1',
}

const MOST_SATANG = 70_000_000
const codeOf = (typed: string) => typed.trim().toUpperCase()
const isCount = (text: string) =>
  text === '' || (/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= 1_000_000)
const isTime = (text: string) => text === '' || fromBangkokTime(text) !== null

/** What is wrong with each field. */
export function faultsOfCoupon(draft: CouponDraft): Partial<Record<CouponField, Fault>> {
  const faults: Partial<Record<CouponField, Fault>> = {}
  if (!/^[A-Z0-9-]{3,30}$/.test(codeOf(draft.code))) faults.code = 'code'
  const percent = Number(draft.worth)
  const satang = parseTypedBaht(draft.worth)
  if (draft.kind === 'percent' && !(Number.isInteger(percent) && percent >= 1 && percent <= 100))
    faults.worth = 'percent'
  if (draft.kind === 'fixed' && !(satang !== null && satang >= 1 && satang <= MOST_SATANG)) faults.worth = 'amount'
  if (!isTime(draft.startsAt)) faults.startsAt = 'time'
  if (!isTime(draft.endsAt)) faults.endsAt = 'time'
  else if (draft.startsAt !== '' && draft.endsAt !== '' && draft.endsAt <= draft.startsAt) faults.endsAt = 'order'
  if (!isCount(draft.maxUses)) faults.maxUses = 'uses'
  if (!isCount(draft.maxUsesPerBuyer)) faults.maxUsesPerBuyer = 'uses'
  return faults
}

/** What is sent of a draft without faults. */
export const couponOf = (draft: CouponDraft): NewCoupon => ({
  code: codeOf(draft.code),
  kind: draft.kind,
  percent: draft.kind === 'percent' ? Number(draft.worth) : null,
  amount: draft.kind === 'fixed' ? { amount: parseTypedBaht(draft.worth) ?? 0, currency: 'THB' } : null,
  eventId: draft.eventId || null,
  startsAt: fromBangkokTime(draft.startsAt),
  endsAt: fromBangkokTime(draft.endsAt),
  maxUses: draft.maxUses === '' ? null : Number(draft.maxUses),
  maxUsesPerBuyer: draft.maxUsesPerBuyer === '' ? null : Number(draft.maxUsesPerBuyer),
})
