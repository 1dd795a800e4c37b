import { COUPON_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { EventLink, Id, IdParams, Money, OurInstant, page, PageQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** A code by which buyers pay less, as the console shows it. */
export const Coupon = z
  .object({
    id: Id,
    code: z.string(),
    kind: z.enum(COUPON_KINDS),
    /** What a coupon of kind `percent` takes off. */
    percent: z.int().nullable(),
    /** What a coupon of kind `fixed` takes off. */
    amount: Money.nullable(),
    /** Null: good for every event of the studio. */
    event: EventLink.nullable(),
    startsAt: OurInstant.nullable(),
    endsAt: OurInstant.nullable(),
    maxUses: z.int().nullable(),
    maxUsesPerBuyer: z.int().nullable(),
    /** Orders with it that are paid or wait for their money. */
    uses: z.int(),
    active: z.boolean(),
    createdAt: OurInstant,
  })
  .meta({ id: 'Coupon' })
export type Coupon = z.infer<typeof Coupon>

const Uses = z.int().min(1).max(1_000_000)

const NewCoupon = z
  .strictObject({
    code: z
      .string()
      .max(30)
      .regex(/^[A-Z0-9-]{3,30}$/),
    kind: z.enum(COUPON_KINDS),
    percent: z.int().min(1).max(100).nullable(),
    amount: z.strictObject({ amount: z.int().min(1).max(70_000_000), currency: z.literal('THB') }).nullable(),
    eventId: Id.nullable(),
    startsAt: OurInstant.nullable(),
    endsAt: OurInstant.nullable(),
    maxUses: Uses.nullable(),
    maxUsesPerBuyer: Uses.nullable(),
  })
  .refine(({ kind, percent }) => (kind === 'percent') === (percent !== null), {
    path: ['percent'],
    error: 'does not fit',
  })
  .refine(({ kind, amount }) => (kind === 'fixed') === (amount !== null), { path: ['amount'], error: 'does not fit' })
  .refine(({ startsAt, endsAt }) => !startsAt || !endsAt || startsAt < endsAt, {
    path: ['endsAt'],
    error: 'is not after the start',
  })
export type NewCoupon = z.infer<typeof NewCoupon>

export const listCoupons = {
  method: 'GET',
  url: '/studios/:id/coupons',
  config: { access: 'manager' },
  schema: {
    summary: "A studio's coupons with their uses, newest first (createdAt, id)",
    tags: ['coupons'],
    params: IdParams,
    querystring: PageQuery,
    response: { 200: page(Coupon), 404: problem('not_found') },
  },
} as const satisfies Contract

export const createCoupon = {
  method: 'POST',
  url: '/studios/:id/coupons',
  config: { access: 'manager' },
  schema: {
    summary: 'Make a coupon for all events of a studio or for one',
    tags: ['coupons'],
    params: IdParams,
    body: NewCoupon,
    response: { 201: Coupon, 404: problem('not_found'), 409: problem('coupon_code_taken') },
  },
} as const satisfies Contract

export const switchCoupon = {
  method: 'PUT',
  url: '/studios/:id/coupons/:couponId',
  config: { access: 'manager' },
  schema: {
    summary: 'Switch a coupon off, or on again; orders that stand keep it',
    tags: ['coupons'],
    params: z.strictObject({ id: Id, couponId: Id }),
    body: z.strictObject({ active: z.boolean() }),
    response: { 200: Coupon, 404: problem('not_found') },
  },
} as const satisfies Contract
