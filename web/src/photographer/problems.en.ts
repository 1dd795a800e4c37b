import type { StaffCode } from '../base/staff-codes.ts'

export const staffProblemsEn: Record<StaffCode, string> = {
  taken_by_another: 'Somebody else is taking care of this',
  line_closed: 'This is done already. Nothing is left to do',
  own_account: 'This cannot be done to your own account',
  slug_taken: 'Another event already has this address',
  illegal_status: "The event can't move to that status",
  event_sold: 'Photos of this event were sold. Archive it: its photos go when their time is over',
  event_changed: 'Somebody else has changed this event meanwhile',
  packages_changed: 'Somebody else has changed these packages meanwhile',
  uploads_closed: 'This event takes no more photos',
  nothing_to_pay_out: 'Nothing can be paid out now. The list says why',
  payout_changed: 'A balance or an account has changed since this batch was drafted. Discard it and draft another one',
  face_engine_missing: 'No worker has the files of this face engine. See the guide on face engines',
  platform_share_too_small: 'The platform gets at least what was agreed for this studio',
  rate_does_not_fit: 'A photographer’s own rate and the other shares come to more than 100%. Lower one of them first',
  coupon_code_taken: 'Another coupon has this code',
  reconciliation_runs: 'The books are being compared just now',
  receipt_too_small: 'The money is less than the order costs',
  reference_used: 'Money with this reference was taken in before',
  photo_sold: 'Somebody bought this photo, or is paying for it: it stays for them',
}
