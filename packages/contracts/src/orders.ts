import { z } from 'zod'
import { Id, IdParams, Instant, LocalText, Money } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'
import { PhotoTile } from './photos.ts'
import { Offer } from './pricing.ts'

export const OrderStatus = z.enum(['pending', 'awaiting_payment', 'paid', 'fulfilled', 'expired', 'cancelled'])
export type OrderStatus = z.infer<typeof OrderStatus>

/** Money that came for an order and pays nothing: our people see to it when the buyer gives its reference. */
export const KeptMoney = z
  .object({
    /** What to name to our people. */
    reference: z.string(),
    amount: Money,
    reason: z.enum(['wrong_amount', 'second_payment', 'already_bought', 'photo_gone', 'unknown_charge']),
    /** Where they are reached, as the shop says it. */
    contact: z.string(),
  })
  .meta({ id: 'KeptMoney' })
export type KeptMoney = z.infer<typeof KeptMoney>

export const Order = z
  .object({
    id: Id,
    /** For people: `PX-2026-000123`. */
    number: z.string(),
    status: OrderStatus,
    event: z.object({ id: Id, slug: z.string(), name: LocalText }),
    email: z.string(),
    offer: Offer,
    total: Money,
    photos: z.array(PhotoTile),
    createdAt: Instant,
    expiresAt: Instant,
    paidAt: Instant.nullable(),
    /** The attempt that is being paid or was paid. */
    paymentId: Id.nullable(),
    keptMoney: KeptMoney.nullable(),
  })
  .meta({ id: 'Order' })
export type Order = z.infer<typeof Order>

/** The buyer sends the total they saw; a different one on our side is refused, never silently charged. */
export const placeOrder = {
  method: 'POST',
  url: '/orders',
  config: { access: 'session', idempotent: true },
  schema: {
    summary: 'Order what is in the cart, as a guest with an e-mail',
    tags: ['orders'],
    body: z.strictObject({
      email: Email,
      locale: z.enum(['th', 'en']),
      expectedTotal: z.strictObject({ amount: z.int().min(0).max(1e13), currency: z.literal('THB') }),
    }),
    response: {
      201: Order,
      409: problem('cart_empty', 'total_changed', 'photo_not_for_sale', 'idempotency_in_flight'),
      422: problem('invalid_request', 'amount_out_of_range', 'idempotency_key_reused'),
    },
  },
} as const satisfies Contract

export const listOrders = {
  method: 'GET',
  url: '/orders',
  config: { access: 'session' },
  schema: {
    summary: "This session's orders, newest first",
    tags: ['orders'],
    response: { 200: z.object({ items: z.array(Order) }) },
  },
} as const satisfies Contract

export const getOrder = {
  method: 'GET',
  url: '/orders/:id',
  config: { access: 'session' },
  schema: {
    summary: 'One order of this session',
    tags: ['orders'],
    params: IdParams,
    response: { 200: Order, 404: problem('not_found') },
  },
} as const satisfies Contract

export const cancelOrder = {
  method: 'POST',
  url: '/orders/:id/cancel',
  config: { access: 'session' },
  schema: {
    summary: 'Give an unpaid order up; its photos are in the cart again',
    tags: ['orders'],
    params: IdParams,
    response: { 200: Order, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract

export const Downloads = z
  .object({
    orderId: Id,
    number: z.string(),
    /** Downloads end here. */
    until: Instant,
    /** `url`s are paths of ours that give a fresh link each time they are followed: they stay good on an open page. */
    photos: z.array(
      z.object({ photo: PhotoTile, fileName: z.string(), bytes: z.int(), sha256: z.string(), url: z.string() }),
    ),
    archive: z.object({
      state: z.enum(['queued', 'building', 'ready', 'failed', 'expired']),
      /** 0..1 */
      progress: z.number(),
      bytes: z.int().nullable(),
      url: z.string().nullable(),
    }),
  })
  .meta({ id: 'Downloads' })
export type Downloads = z.infer<typeof Downloads>

export const getDownloads = {
  method: 'GET',
  url: '/orders/:id/download',
  config: { access: 'session', stream: true },
  schema: {
    summary: 'The downloads of a paid order: every original and the ZIP while it is made',
    tags: ['orders'],
    params: IdParams,
    response: { 200: Downloads, 404: problem('not_found') },
  },
} as const satisfies Contract

export const redownload = {
  method: 'POST',
  url: '/orders/:id/redownload',
  config: { access: 'session' },
  schema: {
    summary: 'Build the ZIP again when it expired or failed',
    tags: ['orders'],
    params: IdParams,
    response: { 202: Downloads, 404: problem('not_found') },
  },
} as const satisfies Contract

export const getArchive = {
  method: 'GET',
  url: '/orders/:id/archive',
  config: { access: 'session', limit: 'media' },
  schema: {
    summary: 'The ZIP of a paid order: redirects to a link made now; without one, to the page that makes it again',
    tags: ['orders'],
    params: IdParams,
    response: { 302: z.null(), 404: problem('not_found') },
  },
} as const satisfies Contract

export const getOriginal = {
  method: 'GET',
  url: '/photos/:id/original',
  config: { access: 'session', limit: 'media' },
  schema: {
    summary: 'The untouched original of a bought photo: redirects to a link made now',
    tags: ['orders'],
    params: IdParams,
    response: { 302: z.null(), 404: problem('not_found') },
  },
} as const satisfies Contract
