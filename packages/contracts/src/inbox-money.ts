import { z } from 'zod'
import { IdParams, MoneyThatCame, Nothing, Reason, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Payee, REFUND_DECISIONS } from './refunds.ts'

/** How much came, as the account's statement shows it: asked for where nobody said it, and only there. */
const FoundAmount = MoneyThatCame.optional()

export const applyReceipt = {
  method: 'POST',
  url: '/admin/inbox/receipt/:id/apply',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Let money that pays nothing pay its order after all, or another; a surplus becomes a refund',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ orderNumber: Text.trim().min(1).max(40).optional(), amount: FoundAmount }),
    response: {
      204: Nothing,
      404: problem('not_found'),
      409: problem(
        'taken_by_another',
        'line_closed',
        'order_already_paid',
        'receipt_too_small',
        'amount_unknown',
        'photo_not_for_sale',
        'illegal_state',
      ),
    },
  },
} as const satisfies Contract

export const giveReceiptBack = {
  method: 'POST',
  url: '/admin/inbox/receipt/:id/give-back',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Give money back that pays nothing; the refund then waits for its transfer',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ payee: Payee.nullable(), amount: FoundAmount }),
    response: { 204: Nothing, 409: problem('taken_by_another', 'line_closed', 'amount_unknown', 'illegal_state') },
  },
} as const satisfies Contract

export const decideRefund = {
  method: 'POST',
  url: '/admin/inbox/refund/:id/decide',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Approve a refund, which then waits for its transfer, or refuse it; the buyer reads why it was refused',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ decision: z.enum(REFUND_DECISIONS), reason: Reason }),
    response: { 204: Nothing, 409: problem('taken_by_another', 'line_closed', 'illegal_state') },
  },
} as const satisfies Contract

export const refundPayee = {
  method: 'GET',
  url: '/admin/inbox/refund/:id/payee',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Where an approved refund goes; each look is in the audit',
    tags: ['admin'],
    params: IdParams,
    response: { 200: z.object({ payee: Payee.nullable() }), 409: problem('line_closed') },
  },
} as const satisfies Contract

export const transferRefund = {
  method: 'POST',
  url: '/admin/inbox/refund/:id/transferred',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Say that an approved refund was transferred, with the bank’s reference',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ reference: Text.trim().min(1).max(100) }),
    response: { 204: Nothing, 409: problem('taken_by_another', 'line_closed', 'illegal_state') },
  },
} as const satisfies Contract
