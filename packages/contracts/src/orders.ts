import { ORDER_STATUSES } from '@pix/domain/order-moves.ts'
import { BOUGHT_JPEGS } from '@pix/domain/picture-sizes.ts'
import { ARCHIVE_STATES, BOUGHT_PREVIEW_STATES, DOCUMENT_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { EventLink, Id, IdParams, Instant, Money, page, PageQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'
import { PhotoTile } from './photos.ts'
import { Offer } from './pricing.ts'
import { BuyerTaxData } from './tax-data.ts'

export const OrderStatus = z.enum(ORDER_STATUSES)
export type OrderStatus = z.infer<typeof OrderStatus>

/** How far a letter is: `sent` means that a mail server took it, `failed` that it is not tried any more. */
export const MailState = z.enum(['queued', 'sent', 'failed'])
export type MailState = z.infer<typeof MailState>

/** Money that came for an order and pays nothing: our people settle it when the buyer names its reference. */
export const KeptMoney = z
  .object({
    /** What to name to our people. */
    reference: z.string(),
    amount: Money,
    reason: z.enum(['wrong_amount', 'second_payment', 'already_bought', 'photo_gone', 'unknown_charge', 'surplus']),
    /** Where they are reached, as the shop says it. */
    contact: z.string(),
  })
  .meta({ id: 'KeptMoney' })
export type KeptMoney = z.infer<typeof KeptMoney>

export const OrderPhoto = PhotoTile.extend({
  /** Its buyer has it: false before the order is paid, and after the photo was refunded or taken down. */
  bought: z.boolean(),
}).meta({ id: 'OrderPhoto' })

/** An order's photos of one event, and the offer by which they were sold. */
export const OrderEvent = z
  .object({ event: EventLink, offer: Offer, photos: z.array(OrderPhoto) })
  .meta({ id: 'OrderEvent' })
export type OrderEvent = z.infer<typeof OrderEvent>

export const Order = z
  .object({
    id: Id,
    /** For people: `PX-2026-000123`. */
    number: z.string(),
    status: OrderStatus,
    email: z.string(),
    /** Whether this session ordered, and no other session has downloaded yet. */
    mayCorrectEmail: z.boolean(),
    /** The letter with the downloads; null before the order is paid, and once the letter is forgotten. */
    mail: MailState.nullable(),
    events: z.array(OrderEvent),
    /** The coupon and what it took off; null where there was none. */
    coupon: z.object({ code: z.string(), off: Money }).nullable(),
    total: Money,
    createdAt: Instant,
    expiresAt: Instant,
    paidAt: Instant.nullable(),
    /** The attempt that is being paid or was paid. */
    paymentId: Id.nullable(),
    keptMoney: KeptMoney.nullable(),
    /** It may be paid by a transfer and its slip, too. */
    takesTransfers: z.boolean(),
    /** Its receipt or tax invoice that is in force; null where it has none. */
    document: z.object({ id: Id, number: z.string(), kind: z.enum(DOCUMENT_KINDS) }).nullable(),
  })
  .meta({ id: 'Order' })
export type Order = z.infer<typeof Order>

/** The buyer sends the total they saw; a different one on our side is refused, never silently charged. */
export const placeOrder = {
  method: 'POST',
  url: '/orders',
  config: { access: 'session', idempotent: true },
  schema: {
    summary: 'Order what is in a cart, as a guest with an e-mail',
    tags: ['orders'],
    body: z.strictObject({
      /** Which cart is ordered: needed where several hold something. */
      cartId: Id.optional(),
      email: Email,
      locale: z.enum(['th', 'en']),
      /** Whom its receipt or tax invoice is made out to. */
      taxData: BuyerTaxData.optional(),
      expectedTotal: z.strictObject({ amount: z.int().min(0).max(1e13), currency: z.literal('THB') }),
    }),
    response: {
      201: Order,
      403: problem('email_not_verified'),
      409: problem('cart_empty', 'total_changed', 'photo_not_for_sale', 'idempotency_in_flight'),
      422: problem('invalid_request', 'amount_out_of_range', 'idempotency_key_reused', 'coupon_over', 'coupon_used_up'),
    },
  },
} as const satisfies Contract

export const listOrders = {
  method: 'GET',
  url: '/orders',
  config: { access: 'session' },
  schema: {
    summary: 'The orders of this session and of its account, newest first (createdAt, id)',
    tags: ['orders'],
    querystring: PageQuery,
    response: { 200: page(Order), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const getOrder = {
  method: 'GET',
  url: '/orders/:id',
  config: { access: 'session' },
  schema: {
    summary: 'One order of this session or of its account',
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

/** `url`s are paths of ours that give a fresh link each time they are followed: they stay good on an open page. */
export const EventDownloads = z
  .object({
    event: EventLink,
    photos: z.array(
      z.object({
        photo: PhotoTile,
        /** Its name in the ZIP. */
        fileName: z.string(),
        bytes: z.int(),
        sha256: z.string(),
        url: z.string(),
        /** The state of its picture without a watermark. */
        preview: z.enum(BOUGHT_PREVIEW_STATES),
        /** JPEGs of it that are made, beside the original. */
        jpegs: z.array(z.enum(BOUGHT_JPEGS)),
      }),
    ),
    archive: z.object({
      state: z.enum(ARCHIVE_STATES),
      /** 0..1 */
      progress: z.number(),
      bytes: z.int().nullable(),
      url: z.string().nullable(),
    }),
  })
  .meta({ id: 'EventDownloads' })
export type EventDownloads = z.infer<typeof EventDownloads>

export const Downloads = z
  .object({
    orderId: Id,
    number: z.string(),
    /** Downloads end here. */
    until: Instant,
    /** As the order says it. */
    mail: MailState.nullable(),
    events: z.array(EventDownloads),
  })
  .meta({ id: 'Downloads' })
export type Downloads = z.infer<typeof Downloads>

export const getDownloads = {
  method: 'GET',
  url: '/orders/:id/download',
  config: { access: 'session', stream: true },
  schema: {
    summary: 'The downloads of a paid order: every original, and each event’s ZIP while it is made',
    tags: ['orders'],
    params: IdParams,
    response: { 200: Downloads, 404: problem('not_found') },
  },
} as const satisfies Contract

export const redownload = {
  method: 'POST',
  url: '/orders/:id/redownload',
  config: { duringMaintenance: true, access: 'session' },
  schema: {
    summary: 'Build those of the order’s ZIPs again that expired or failed',
    tags: ['orders'],
    params: IdParams,
    response: { 202: Downloads, 404: problem('not_found') },
  },
} as const satisfies Contract

export const getArchive = {
  method: 'GET',
  url: '/orders/:id/archives/:eventId',
  config: { access: 'session', limit: 'media' },
  schema: {
    summary:
      'The ZIP of a paid order’s photos of one event: redirects to a link made now; without one, to the page that makes it again',
    tags: ['orders'],
    params: z.strictObject({ id: Id, eventId: Id }),
    response: { 302: z.null(), 404: problem('not_found') },
  },
} as const satisfies Contract

export const getBoughtPreview = {
  method: 'GET',
  url: '/photos/:id/bought-preview',
  config: { access: 'session', limit: 'media' },
  schema: {
    summary: 'A bought photo without a watermark, 1,200 px on its longer side: redirects to a link made now',
    tags: ['orders'],
    params: IdParams,
    response: { 302: z.null(), 404: problem('not_found') },
  },
} as const satisfies Contract

export const getBoughtJpeg = {
  method: 'GET',
  url: '/photos/:id/jpeg',
  config: { access: 'session', limit: 'media' },
  schema: {
    summary:
      'A JPEG of a bought photo without a watermark: of 2,048 px on its longer side, or of full size where the original is HEIC or TIFF; redirects to a link made now',
    tags: ['orders'],
    params: IdParams,
    querystring: z.strictObject({ size: z.enum(BOUGHT_JPEGS) }),
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
