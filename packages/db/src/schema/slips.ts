import { SLIP_FAULTS, SLIP_STATES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { bigint, check, index, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { bytea, id, instant } from './columns.ts'
import { orders } from './orders.ts'
import { receipts } from './payments.ts'
import { names, studioPolicies } from './policies.ts'
import { transferAccounts } from './transfer-accounts.ts'

export const slipState = pgEnum('slip_state', SLIP_STATES)

/** A picture by which a buyer says that they transferred an order's money. It proves nothing: a person looks for the money. */
export const slips = pgTable(
  'slips',
  {
    id: id(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    /** To which account it says that the money went. */
    accountId: uuid('account_id').references(() => transferAccounts.id),
    state: slipState('state').notNull().default('reading'),
    /** SHA-256 of the uploaded bytes. */
    pictureHash: bytea('picture_hash').notNull(),
    fault: text('fault').$type<(typeof SLIP_FAULTS)[number]>(),
    /** The sending bank's number and the transfer's reference, out of the QR on the slip. Null where there is none. */
    bank: text('bank'),
    reference: text('reference'),
    uploadedAt: instant('uploaded_at').notNull(),
    readAt: instant('read_at'),
    decidedAt: instant('decided_at'),
    decidedBy: uuid('decided_by').references(() => users.id, { onDelete: 'set null' }),
    /** The reason where the money was not found: the buyer reads it. */
    decisionReason: text('decision_reason'),
    /** The money that a person found. */
    receiptId: uuid('receipt_id').references(() => receipts.id),
    /** Satang. */
    amount: bigint('amount', { mode: 'number' }),
    arrivedAt: instant('arrived_at'),
    /** When the picture was deleted. */
    pictureGoneAt: instant('picture_gone_at'),
  },
  t => [
    check('slips_bank', sql`${t.bank} ~ '^[0-9]{3}$'`),
    check('slips_reference', sql`${t.reference} ~ '^[A-Za-z0-9]{6,40}$'`),
    check('slips_read_together', sql`(${t.bank} is null) = (${t.reference} is null)`),
    check('slips_fault', sql`(${t.state} = 'unreadable') = (${t.fault} is not null)`),
    check('slips_read', sql`(${t.state} = 'reading') = (${t.readAt} is null)`),
    check(
      'slips_arrived',
      sql`(${t.state} = 'arrived') = (${t.receiptId} is not null) and (${t.state} = 'arrived') = (${t.amount} is not null) and (${t.state} = 'arrived') = (${t.arrivedAt} is not null)`,
    ),
    check('slips_not_arrived', sql`(${t.state} = 'not_arrived') = (${t.decisionReason} is not null)`),
    check(
      'slips_decided',
      sql`(${t.state} in ('arrived', 'not_arrived', 'unreadable', 'repeated')) = (${t.decidedAt} is not null)`,
    ),
    check('slips_amount', sql`${t.amount} > 0`),
    // One transfer is looked for once for each order, and pays once.
    uniqueIndex('slips_reference_once_an_order')
      .on(t.orderId, t.bank, t.reference)
      .where(sql`${t.state} in ('waiting', 'arrived')`),
    uniqueIndex('slips_reference_arrives_once')
      .on(t.bank, t.reference)
      .where(sql`${t.state} = 'arrived'`),
    uniqueIndex('slips_receipt').on(t.receiptId),
    index('slips_order').on(t.orderId, t.uploadedAt),
    index('slips_reference').on(t.bank, t.reference),
    index('slips_picture').on(t.pictureHash),
    index('slips_account').on(t.accountId),
    index('slips_decided_by').on(t.decidedBy),
    index('slips_open')
      .on(t.uploadedAt, t.id)
      .where(sql`${t.state} in ('reading', 'waiting')`),
    index('slips_pictures')
      .on(t.decidedAt)
      .where(sql`${t.pictureGoneAt} is null`),
    ...studioPolicies(names(t.orderId, 'orders')),
  ],
)
