import { PAYMENT_STATES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, Instant, Money } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { KeptMoney, OrderStatus } from './orders.ts'

export const PaymentState = z.enum(PAYMENT_STATES)
export type PaymentState = z.infer<typeof PaymentState>

export const Payment = z
  .object({
    id: Id,
    orderId: Id,
    orderNumber: z.string(),
    orderStatus: OrderStatus,
    state: PaymentState,
    /** What to transfer, to the satang: the gateway may have added some to distinguish payers. */
    amount: Money,
    orderTotal: Money,
    /**
     * `data:image/png;base64,…`, or JPEG or SVG; null until the gateway has answered, and once it must not be paid any
     * more. A stream sends it once: later events leave it out.
     */
    qrImage: z.string().nullable().optional(),
    /** Whom the bank's app names as the receiver, where the shop says it. */
    payeeName: z.string().nullable(),
    expiresAt: Instant,
    keptMoney: KeptMoney.nullable(),
    /** Its order may be paid by a transfer and its slip, too. */
    takesTransfers: z.boolean(),
  })
  .meta({ id: 'Payment' })
export type Payment = z.infer<typeof Payment>

export const createPayment = {
  method: 'POST',
  url: '/payment/create',
  config: { access: 'session', limit: 'payment', idempotent: true },
  schema: {
    summary: 'A PromptPay QR for an order; while one is open the same one is answered',
    tags: ['payments'],
    body: z.strictObject({ orderId: Id }),
    response: {
      201: Payment,
      404: problem('not_found'),
      409: problem('order_not_payable', 'slip_waits', 'photo_not_for_sale', 'studio_closed', 'idempotency_in_flight'),
      422: problem('coupon_used_up'),
      503: problem('gateway_unavailable'),
    },
  },
} as const satisfies Contract

export const paymentStatus = {
  method: 'GET',
  url: '/payment/:id/status',
  config: { access: 'session', stream: true },
  schema: {
    summary: 'How far a payment is',
    tags: ['payments'],
    params: IdParams,
    response: { 200: Payment, 404: problem('not_found') },
  },
} as const satisfies Contract

const answers = {
  200: z.object({ status: z.literal(1) }),
  400: problem('malformed_request'),
  401: problem('bad_signature'),
  404: problem('not_found'),
}

/** PayNoi's. More fields may be there. */
const PAYNOI_BODY = {
  type: 'object',
  required: ['data', 'signature'],
  properties: {
    data: { type: 'object', required: ['trans_id'], properties: { trans_id: { type: 'string' } } },
    signature: { type: 'string', description: 'HMAC-SHA-256 over the bytes of `data`, hex' },
  },
}

/** Each gateway's own form. */
const ANY_BODY = { description: 'As the gateway documents it; verified over the bytes as received' }

/** A gateway calls this. */
export const webhook = {
  method: 'POST',
  url: '/payment/webhook/:gateway',
  config: { duringMaintenance: true, access: 'public', limit: 'webhook', raw: ANY_BODY },
  schema: {
    summary: "A gateway's announcement that money came in, signed as that gateway signs",
    tags: ['payments'],
    params: z.object({
      gateway: z
        .string()
        .regex(/^[a-z0-9-]+$/)
        .max(40),
    }),
    response: answers,
  },
} as const satisfies Contract

/** The address that PayNoi was given before there were addresses by name. */
export const paynoiWebhook = {
  method: 'POST',
  url: '/payment/webhook',
  config: { duringMaintenance: true, access: 'public', limit: 'webhook', raw: PAYNOI_BODY },
  schema: {
    summary: "PayNoi's announcement that money came in, signed in its body; the same as /payment/webhook/paynoi",
    tags: ['payments'],
    response: answers,
  },
} as const satisfies Contract
