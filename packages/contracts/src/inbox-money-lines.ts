import { DIFFERENCE_KINDS, PAYMENT_STATES, REFUND_REASONS, SLIP_STATES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Day, Id, Instant, Money } from './common.ts'
import { Line } from './inbox-line.ts'
import { KeptMoney, OrderStatus } from './orders.ts'
import { DifferenceFacts } from './reconciliation.ts'

const OrderShown = z.object({ id: Id, number: z.string(), total: Money, email: z.string() })

/** Money that came and pays nothing. */
export const ReceiptLine = Line.extend({
  kind: z.literal('receipt'),
  about: z.object({
    /** Null while nobody knows it. */
    amount: Money.nullable(),
    reason: KeptMoney.shape.reason,
    gateway: z.string(),
    /** The gateway's name for it. */
    charge: z.string(),
    /** Our reference, as the buyer's page shows it. */
    reference: z.string().nullable(),
    order: OrderShown.extend({ status: OrderStatus }).nullable(),
  }),
})

/** A refund that waits for its decision or its transfer. */
export const RefundLine = Line.extend({
  kind: z.literal('refund'),
  about: z.object({
    number: z.string(),
    state: z.enum(['requested', 'approved']),
    amount: Money,
    reason: z.enum(REFUND_REASONS),
    statement: z.string().nullable(),
    photos: z.int(),
    order: OrderShown.nullable(),
  }),
})

/** A slip of a transfer, whose money somebody has to look for. */
export const SlipLine = Line.extend({
  kind: z.literal('slip'),
  about: z.object({
    order: OrderShown.extend({ status: OrderStatus }),
    /** To which account it was to go; null where none is set any more. */
    account: z.object({ bank: z.string(), name: z.string() }).nullable(),
    /** The sending bank's number and the transfer's reference, where the slip has a QR that says them. */
    bank: z.string().nullable(),
    reference: z.string().nullable(),
    /** Other slips of the same transfer or with the same picture. */
    sameAs: z.array(z.object({ orderNumber: z.string(), state: z.enum(SLIP_STATES) })),
    /** What gateways were asked for the order. */
    attempts: z.array(
      z.object({ reference: z.string(), gateway: z.string(), state: z.enum(PAYMENT_STATES), amount: Money }),
    ),
  }),
})

/** Gateway, receipts and ledger disagree. */
export const DifferenceLine = Line.extend({
  kind: z.literal('difference'),
  about: z.object({
    difference: z.enum(DIFFERENCE_KINDS),
    /** What it is about, such as `paynoi:<charge>`. */
    subject: z.string(),
    day: Day,
    facts: DifferenceFacts,
    /** When it was found last. */
    seenAt: Instant,
  }),
})
