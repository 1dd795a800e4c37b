import { PAYMENT_STATES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, instant } from './columns.ts'
import { orders } from './orders.ts'
import { names, studioPolicies } from './policies.ts'

export const paymentState = pgEnum('payment_state', PAYMENT_STATES)

/** One attempt to collect an order's amount. Committed before the gateway is called. */
export const payments = pgTable(
  'payments',
  {
    id: id(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    attempt: integer('attempt').notNull(),
    gateway: text('gateway').notNull(),
    /** Our reference at the gateway, ≤ 20 of A–Z and 0–9. */
    ref1: text('ref1').notNull().unique(),
    state: paymentState('state').notNull().default('creating'),
    /** Satang we asked for: the order's total. */
    amountAsked: bigint('amount_asked', { mode: 'number' }).notNull(),
    /** Satang the gateway wants paid; within 1.00 THB of what we asked. */
    amountDue: bigint('amount_due', { mode: 'number' }),
    /** The gateway's charge. */
    transId: text('trans_id'),
    qrImage: bytea('qr_image'),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    completedAt: instant('completed_at'),
    /** When the reconciler asks the gateway next; null when final. */
    nextCheckAt: instant('next_check_at'),
    checks: integer('checks').notNull().default(0),
  },
  t => [
    unique('payments_attempt').on(t.orderId, t.attempt),
    unique('payments_charge').on(t.gateway, t.transId),
    check('payments_ref1', sql`${t.ref1} ~ '^[A-Z0-9]{1,20}$'`),
    check('payments_amount', sql`${t.amountAsked} > 0`),
    check('payments_rounding', sql`${t.amountDue} is null or abs(${t.amountDue} - ${t.amountAsked}) <= 100`),
    check('payments_completed', sql`(${t.state} = 'completed') = (${t.completedAt} is not null)`),
    check(
      'payments_pending',
      sql`${t.state} <> 'pending' or (${t.transId} is not null and ${t.amountDue} is not null)`,
    ),
    index('payments_to_check')
      .on(t.nextCheckAt)
      .where(sql`${t.nextCheckAt} is not null`),
    index('payments_creating')
      .on(t.createdAt)
      .where(sql`${t.state} = 'creating'`),
    index('payments_gateway').on(t.gateway, t.orderId),
    index('payments_trans_id').on(t.transId),
    ...studioPolicies(names(t.orderId, 'orders')),
  ],
)

/** Verified announcements as they came, stored before anything is done with them. */
export const gatewayEvents = pgTable(
  'gateway_events',
  {
    id: id(),
    gateway: text('gateway').notNull(),
    transId: text('trans_id').notNull(),
    status: text('status').notNull(),
    /** The signed bytes. */
    payload: bytea('payload').notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
    /** Null until applied or given up. */
    handledAt: instant('handled_at'),
    outcome: text('outcome'),
    nextTryAt: instant('next_try_at'),
  },
  t => [
    unique('gateway_events_once').on(t.gateway, t.transId, t.status),
    index('gateway_events_open')
      .on(t.nextTryAt)
      .where(sql`${t.handledAt} is null`),
    index('gateway_events_given_up')
      .on(t.handledAt)
      .where(sql`${t.outcome} = 'given_up'`),
  ],
)

/** Money the gateway says came in: once per charge. `reason` says why it is not applied to its order. */
export const receipts = pgTable(
  'receipts',
  {
    id: id(),
    /** Null where nobody knows what the charge was for. */
    paymentId: uuid('payment_id').references(() => payments.id),
    gateway: text('gateway').notNull(),
    transId: text('trans_id').notNull(),
    /** Satang. Null only where neither a charge of ours nor the announcement says it. */
    amount: bigint('amount', { mode: 'number' }),
    /**
     * Satang of `amount` that did not come: the gateway named less after the charge was credited with what was asked for.
     * Its own posting takes them out of the books. Noted where the money paid its order at once, or still waits.
     */
    short: bigint('short', { mode: 'number' }),
    receivedAt: instant('received_at').notNull().defaultNow(),
    appliedAt: instant('applied_at'),
    /** The order that a person applied it to, where that is not the payment's. */
    appliedTo: uuid('applied_to').references(() => orders.id),
    /**
     * When it was asked back or is given back: then it can no longer be applied. The refund's row says how that goes
     * on.
     */
    givenBackAt: instant('given_back_at'),
    /** Why it did not pay its order when it came. */
    reason: text('reason'),
  },
  t => [
    unique('receipts_once').on(t.gateway, t.transId),
    check('receipts_amount', sql`${t.amount} > 0`),
    check('receipts_short', sql`${t.short} is null or (${t.short} > 0 and ${t.short} < ${t.amount})`),
    check(
      'receipts_of_nobody',
      sql`${t.paymentId} is not null or ${t.appliedTo} is not null or ${t.appliedAt} is null`,
    ),
    check('receipts_amount_known', sql`${t.paymentId} is null or ${t.amount} is not null`),
    index('receipts_payment').on(t.paymentId),
    index('receipts_trans_id').on(t.transId),
    index('receipts_received').on(t.receivedAt),
    index('receipts_unapplied')
      .on(t.receivedAt)
      .where(sql`${t.appliedAt} is null and ${t.givenBackAt} is null`),
    index('receipts_applied_to').on(t.appliedTo),
    check('receipts_applied_or_reason', sql`${t.appliedAt} is not null or ${t.reason} is not null`),
    check('receipts_applied_to', sql`${t.appliedTo} is null or ${t.appliedAt} is not null`),
    check('receipts_given_back', sql`${t.givenBackAt} is null or ${t.appliedAt} is null`),
    ...studioPolicies(names(t.paymentId, 'payments')),
  ],
)
