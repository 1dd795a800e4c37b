import { REFUND_REASONS, REFUND_STATES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { id, instant, sealed } from './columns.ts'
import { orderLines, orders } from './orders.ts'
import { receipts } from './payments.ts'
import { names, studioPolicies } from './policies.ts'

export const refundState = pgEnum('refund_state', REFUND_STATES)
export const refundReason = pgEnum('refund_reason', REFUND_REASONS)

export const refundNumbers = pgSequence('refund_numbers', { startWith: 1 })

/** Money that goes back to a buyer: of lines of an order, or of a receipt that pays nothing or more than its order. */
export const refunds = pgTable(
  'refunds',
  {
    id: id(),
    /** For people: `RF-2026-000123`. */
    number: text('number').notNull().unique(),
    /** Null for money of which nobody knows what it was for. */
    orderId: uuid('order_id').references(() => orders.id),
    /** Money that came and pays nothing; null for lines that were paid. */
    receiptId: uuid('receipt_id').references(() => receipts.id),
    /** Satang. Equals the sum of its lines where it has some, checked by the database at commit. */
    amount: bigint('amount', { mode: 'number' }).notNull(),
    state: refundState('state').notNull(),
    reason: refundReason('reason').notNull(),
    /** The requester's own words. */
    statement: text('statement'),
    /** Where the money goes (contracts' `Payee` as JSON); erased some time after the end. */
    payee: sealed('payee'),
    requestedAt: instant('requested_at').notNull(),
    /** Which of our people started it; null where the buyer asked, or where it follows from what happened. */
    startedBy: uuid('started_by').references(() => users.id, { onDelete: 'set null' }),
    decidedAt: instant('decided_at'),
    decidedBy: uuid('decided_by').references(() => users.id, { onDelete: 'set null' }),
    /** The reason of a refusal: the buyer reads it. */
    decisionReason: text('decision_reason'),
    transferredAt: instant('transferred_at'),
    /** The bank's reference of the transfer: its proof. */
    transferReference: text('transfer_reference'),
  },
  t => [
    unique('refunds_of_order').on(t.id, t.orderId),
    check('refunds_amount', sql`${t.amount} > 0`),
    check('refunds_of_something', sql`${t.orderId} is not null or ${t.receiptId} is not null`),
    check('refunds_decided', sql`(${t.state} = 'requested') = (${t.decidedAt} is null)`),
    check('refunds_refused', sql`${t.state} <> 'refused' or ${t.decisionReason} is not null`),
    check(
      'refunds_transferred',
      sql`(${t.state} = 'transferred') = (${t.transferredAt} is not null) and (${t.transferredAt} is null) = (${t.transferReference} is null)`,
    ),
    // What came once goes back once.
    uniqueIndex('refunds_receipt_once')
      .on(t.receiptId)
      .where(sql`${t.state} <> 'refused'`),
    index('refunds_receipt').on(t.receiptId),
    index('refunds_order').on(t.orderId, t.requestedAt),
    index('refunds_transfer_reference')
      .on(t.transferReference)
      .where(sql`${t.transferReference} is not null`),
    index('refunds_started_by').on(t.startedBy),
    index('refunds_decided_by').on(t.decidedBy),
    index('refunds_open')
      .on(t.requestedAt, t.id)
      .where(sql`${t.state} in ('requested', 'approved')`),
    index('refunds_payees')
      .on(t.requestedAt)
      .where(sql`${t.payee} is not null`),
    ...studioPolicies(names(t.orderId, 'orders')),
  ],
)

/** The lines of an order that a refund gives back. */
export const refundLines = pgTable(
  'refund_lines',
  {
    refundId: uuid('refund_id').notNull(),
    orderId: uuid('order_id').notNull(),
    lineId: uuid('line_id').notNull(),
    /** Satang: what the line cost. */
    amount: bigint('amount', { mode: 'number' }).notNull(),
    /** The refund was refused: the line may be asked back again. */
    refused: boolean('refused').notNull().default(false),
  },
  t => [
    primaryKey({ columns: [t.refundId, t.lineId] }),
    foreignKey({
      name: 'refund_lines_refund_of_order',
      columns: [t.refundId, t.orderId],
      foreignColumns: [refunds.id, refunds.orderId],
    }),
    foreignKey({
      name: 'refund_lines_line_of_order',
      columns: [t.lineId, t.orderId],
      foreignColumns: [orderLines.id, orderLines.orderId],
    }),
    check('refund_lines_amount', sql`${t.amount} > 0`),
    // A line is given back once.
    uniqueIndex('refund_lines_once')
      .on(t.lineId)
      .where(sql`not ${t.refused}`),
    index('refund_lines_refund').on(t.refundId, t.orderId),
    index('refund_lines_line').on(t.lineId, t.orderId),
    ...studioPolicies(names(t.orderId, 'orders')),
  ],
)
