import { z } from 'zod'
import { Carts } from './cart.ts'
import { Id, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const clearCart = {
  method: 'POST',
  url: '/cart/clear',
  config: { access: 'session' },
  schema: {
    summary: 'Empty every cart, at the storefront of a studio its own',
    tags: ['cart'],
    response: { 200: Carts },
  },
} as const satisfies Contract

/** Spaces and small letters do not matter. */
const CouponCode = Text.min(1).max(60)

export const enterCoupon = {
  method: 'PUT',
  url: '/cart/coupon',
  config: { access: 'session', limit: 'coupon' },
  schema: {
    summary: 'Enter a coupon for a cart, or take it out (null)',
    tags: ['cart'],
    body: z.strictObject({ cartId: Id, code: CouponCode.nullable() }),
    response: {
      200: Carts,
      409: problem('cart_empty'),
      422: problem('coupon_unknown', 'coupon_over', 'coupon_used_up', 'coupon_not_here'),
    },
  },
} as const satisfies Contract
