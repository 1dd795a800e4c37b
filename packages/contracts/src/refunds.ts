import { ACCOUNT_NUMBER, PROMPTPAY_ID, withoutSpaces } from '@pix/domain/payee.ts'
import { REFUND_REASONS, REFUND_STATES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, Instant, Money, Nothing, Reason, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** Where money goes back to. */
export const Payee = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('promptpay'),
      id: z.string().max(30).overwrite(withoutSpaces).regex(PROMPTPAY_ID, 'is no PromptPay number'),
    }),
    z.strictObject({
      kind: z.literal('bank'),
      bank: Text.trim().min(2).max(60),
      account: z.string().max(30).overwrite(withoutSpaces).regex(ACCOUNT_NUMBER, 'is no account number'),
      name: Text.trim().min(2).max(120),
    }),
  ])
  .meta({ id: 'Payee' })
export type Payee = z.output<typeof Payee>

export const REFUND_DECISIONS = ['approved', 'refused'] as const
export const RefundReason = z.enum(REFUND_REASONS)
export type RefundReason = z.infer<typeof RefundReason>
/** Reasons that a buyer gives for photos; the others follow from what happened. */
export const ASKED_REASONS = ['not_me', 'quality', 'mistake', 'other'] as const

export const Refund = z
  .object({
    id: Id,
    /** For people: `RF-2026-000123`. */
    number: z.string(),
    amount: Money,
    state: z.enum(REFUND_STATES),
    reason: RefundReason,
    /** Photos that it gives back; none for money that paid nothing. */
    photoIds: z.array(Id),
    requestedAt: Instant,
    /** Why it was refused. */
    decisionReason: z.string().nullable(),
    transferredAt: Instant.nullable(),
  })
  .meta({ id: 'Refund' })
export type Refund = z.infer<typeof Refund>

const Refunds = z.object({
  items: z.array(Refund),
  /** Photos of the order that may still be asked back. */
  refundable: z.array(z.object({ photoId: Id, amount: Money })),
})
export type Refunds = z.infer<typeof Refunds>

/** Letters of a statement. */
export const REFUND_STATEMENT_MAX = 500

export const listRefunds = {
  method: 'GET',
  url: '/orders/:id/refunds',
  config: { access: 'session' },
  schema: {
    summary: 'What goes back of an order, newest first, and what may still be asked back',
    tags: ['orders'],
    params: IdParams,
    response: { 200: Refunds, 404: problem('not_found') },
  },
} as const satisfies Contract

export const askRefund = {
  method: 'POST',
  url: '/orders/:id/refunds',
  config: { access: 'session' },
  schema: {
    summary: 'Ask for the money of photos of a paid order; our people decide',
    tags: ['orders'],
    params: IdParams,
    body: z.strictObject({
      photoIds: z.array(Id).min(1).max(1_000),
      reason: z.enum(ASKED_REASONS),
      statement: Text.trim().min(1).max(REFUND_STATEMENT_MAX).optional(),
      payee: Payee,
    }),
    response: {
      201: Refund,
      404: problem('not_found'),
      409: problem('nothing_to_refund'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

/** The most letters of the note that our people write beside a reason. */
export const REFUND_NOTE_MAX = 500

export const startRefund = {
  method: 'POST',
  url: '/admin/orders/:id/refunds',
  config: { access: 'sales', idempotent: true },
  schema: {
    summary:
      'Give photos of a paid order back for its buyer, or all of them. What is above the caller’s limit waits for the owner or the platform; sales staff’s always waits',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({
      /** Which photos; without them all that cost something and were not given back. */
      photoIds: z.array(Id).min(1).max(5_000).optional(),
      reason: z.enum(ASKED_REASONS),
      /** What our people read beside it. */
      note: Text.trim().min(1).max(REFUND_NOTE_MAX),
      /** Where the money goes; null where only the bank’s own statement says who paid. */
      payee: Payee.nullable(),
    }),
    response: {
      201: Refund,
      404: problem('not_found'),
      409: problem('nothing_to_refund', 'idempotency_in_flight'),
      422: problem('invalid_request', 'idempotency_key_reused'),
    },
  },
} as const satisfies Contract

export const decideOrderRefund = {
  method: 'POST',
  url: '/admin/orders/:id/refunds/:refundId/decide',
  config: { access: 'manager' },
  schema: {
    summary:
      'Approve a refund of the order’s photos that waits, or refuse it. A manager approves up to the limit; the buyer reads why it was refused',
    tags: ['admin'],
    params: IdParams.extend({ refundId: Id }),
    body: z.strictObject({ decision: z.enum(REFUND_DECISIONS), reason: Reason }),
    response: {
      204: Nothing,
      404: problem('not_found'),
      409: problem('taken_by_another', 'line_closed', 'above_refund_limit', 'illegal_state'),
    },
  },
} as const satisfies Contract

export const askMoneyBack = {
  method: 'POST',
  url: '/orders/:id/money-back',
  config: { access: 'session' },
  schema: {
    summary: 'Ask for money back that came for an order and pays nothing; the order may then be paid again',
    tags: ['orders'],
    params: IdParams,
    body: z.strictObject({ payee: Payee }),
    response: {
      201: z.object({ items: z.array(Refund) }),
      404: problem('not_found'),
      409: problem('nothing_to_refund'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract
