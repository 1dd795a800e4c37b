import { STAFF_CANCEL_REASONS } from '@pix/domain/words.ts'
import { z } from 'zod'
import {
  Day,
  EventLink,
  Id,
  IdParams,
  Instant,
  LocalText,
  Money,
  Nothing,
  page,
  PageQuery,
  studioQuery,
  Text,
} from './common.ts'
import { type Contract, problem } from './contract.ts'
import { OrderStatus } from './orders.ts'
import { RefundReason } from './refunds.ts'

/** A mark of an order: it has a refund in any state, or one that waits for a decision, or money came for it that pays nothing and waits. */
export const ORDER_MARKS = ['refund', 'refund_asked', 'unapplied'] as const

const Row = z.object({
  id: Id,
  /** For people: `PX-2026-000123`. */
  number: z.string(),
  status: OrderStatus,
  studio: z.object({ id: Id, name: LocalText }),
  /** Masked for those who may not see addresses. */
  email: z.string(),
  total: Money,
  createdAt: Instant,
  paidAt: Instant.nullable(),
})

/** An order as a line of the console's list. */
export const StaffOrder = Row.extend({
  events: z.array(LocalText),
  photos: z.int(),
  /** The gateway of the latest payment attempt; null before the first attempt. */
  gateway: z.string().nullable(),
  hasRefund: z.boolean(),
  hasUnapplied: z.boolean(),
}).meta({ id: 'StaffOrder' })
export type StaffOrder = z.infer<typeof StaffOrder>

/** Fewer letters would match too much. */
export const ORDER_SEARCH_MIN = 3

export const listStaffOrders = {
  method: 'GET',
  url: '/admin/orders',
  config: { access: 'sales', scope: 'orders:read' },
  schema: {
    summary: 'Orders of a studio, newest first (createdAt, id); a platform admin who names none reads all',
    tags: ['admin'],
    querystring: PageQuery.extend({
      ...studioQuery,
      status: OrderStatus.optional(),
      /** Days on which they were placed, in Asia/Bangkok, both included. */
      from: Day.optional(),
      to: Day.optional(),
      event: Id.optional(),
      gateway: Text.min(1).max(40).optional(),
      has: z.enum(ORDER_MARKS).optional(),
      /**
       * The beginning of an order's number or of an e-mail address; or the whole reference of a payment, of a refund or
       * of its transfer. People who may not see addresses find one only when they type it whole. What can begin a
       * number is looked for in numbers alone.
       */
      q: Text.trim().min(ORDER_SEARCH_MIN).max(320).optional(),
    }),
    response: {
      200: page(StaffOrder).extend({
        /** What the filter may name. */
        gateways: z.array(z.string()),
      }),
      404: problem('not_found'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

/** What may happen to an order, as its timeline shows it. */
export const ORDER_HAPPENINGS = [
  'placed',
  'payment',
  'announcement',
  'receipt',
  'paid',
  'document',
  'fulfilled',
  'letter',
  'archive',
  'opened',
  'downloaded',
  'taken_down',
  'refund_asked',
  'refund_decided',
  'refund_transferred',
  'cancelled',
  'expired',
  'decision',
  'by_buyer',
] as const

export const OrderHappening = z
  .object({
    at: Instant,
    kind: z.enum(ORDER_HAPPENINGS),
    amount: Money.nullable(),
    /** Which of our people did it. */
    who: z.string().nullable(),
    /** A detail that depends on the kind: a payment's state, a refund's reason, a letter's template and so on. */
    word: z.string().nullable(),
    /** How far it is, where that is something else. */
    state: z.string().nullable(),
    /** A number or reference by which people name it, or what somebody wrote. */
    text: z.string().nullable(),
  })
  .meta({ id: 'OrderHappening' })
export type OrderHappening = z.infer<typeof OrderHappening>

const Line = z.object({
  photoId: Id,
  fileName: z.string(),
  event: EventLink,
  photographer: z.string(),
  price: Money,
  /** What the coupon took off it. */
  discount: Money,
  takenDown: z.boolean(),
  /** In a refund that was not refused. */
  refunded: z.boolean(),
})

/** Photos that are to be given back, and wait for a decision. */
const AskedBack = z.object({
  id: Id,
  number: z.string(),
  amount: Money,
  reason: RefundReason,
  /** Which of our people started it; null where the buyer asked. */
  startedBy: z.string().nullable(),
  /** What they wrote. */
  statement: z.string().nullable(),
  /** They named the account that the money goes to. */
  payeeNamed: z.boolean(),
  photos: z.int(),
  at: Instant,
})

export const StaffOrderDetail = Row.extend({
  locale: z.string(),
  /** Slug of the storefront where it was placed; null is the marketplace. */
  storefront: z.string().nullable(),
  coupon: z.object({ code: z.string(), off: Money }).nullable(),
  expiresAt: Instant,
  lines: z.array(Line),
  askedBack: z.array(AskedBack),
  timeline: z.array(OrderHappening),
  /** What the caller may do with it now. */
  may: z.object({
    cancel: z.boolean(),
    resend: z.boolean(),
    settleMoney: z.boolean(),
    refund: z.boolean(),
    /** What the caller may give back of it without the platform’s approval; null is any amount. */
    refundUpTo: Money.nullable(),
    /** What it may decide about photos that are asked back; approvals above a manager’s limit are others’. */
    decideRefunds: z.enum(['no', 'refuse', 'all']),
  }),
}).meta({ id: 'StaffOrderDetail' })
export type StaffOrderDetail = z.infer<typeof StaffOrderDetail>

export const getStaffOrder = {
  method: 'GET',
  url: '/admin/orders/:id',
  config: { access: 'sales', scope: 'orders:read' },
  schema: {
    summary: 'An order of the studio with its lines and everything that happened to it, oldest first',
    tags: ['admin'],
    params: IdParams,
    response: { 200: StaffOrderDetail, 404: problem('not_found') },
  },
} as const satisfies Contract

/** Letters of the note beside a reason. */
export const CANCEL_NOTE_MAX = 500

export const cancelStaffOrder = {
  method: 'POST',
  url: '/admin/orders/:id/cancel',
  config: { access: 'sales' },
  schema: {
    summary: 'Cancel an unpaid order with a reason; its photos are in its buyer’s cart again',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({
      reason: z.enum(STAFF_CANCEL_REASONS),
      /** What our people read beside it. */
      note: Text.trim().min(1).max(CANCEL_NOTE_MAX),
    }),
    response: { 204: Nothing, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract

export const resendStaffOrder = {
  method: 'POST',
  url: '/admin/orders/:id/letter',
  config: { access: 'sales' },
  schema: {
    summary: 'Send the letter with the downloads again, to the order’s address; earlier links open nothing any more',
    tags: ['admin'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract
