import { ADJUSTABLE_ACCOUNTS, PAYOUT_BATCH_STATES, PAYOUT_LINE_STATES } from '@pix/domain/words.ts'
import { type SQL, sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgSequence,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { id, instant } from './columns.ts'
import { accountKind } from './ledger.ts'
import { payeeAccounts, payeeParty } from './payees.ts'
import { namesStudio, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

export const payoutBatchState = pgEnum('payout_batch_state', PAYOUT_BATCH_STATES)
export const payoutLineState = pgEnum('payout_line_state', PAYOUT_LINE_STATES)

export const payoutNumbers = pgSequence('payout_numbers', { startWith: 1 })

const user = (name: string) => uuid(name).references(() => users.id, { onDelete: 'set null' })

/** Transfers that go to the bank together: what the sales of one studio owe to its payees. */
export const payoutBatches = pgTable(
  'payout_batches',
  {
    id: id(),
    /** For people: `PO-2026-000012`. */
    number: text('number').notNull().unique(),
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    state: payoutBatchState('state').notNull(),
    /** Sales up to here are in it: those after are held for refunds. */
    salesUntil: instant('sales_until').notNull(),
    draftedAt: instant('drafted_at').notNull(),
    draftedBy: user('drafted_by'),
    approvedAt: instant('approved_at'),
    approvedBy: user('approved_by'),
    /** When the file for the bank was taken first, and by whom. */
    exportedAt: instant('exported_at'),
    exportedBy: user('exported_by'),
  },
  t => [
    unique('payout_batches_of_studio').on(t.id, t.studioId),
    check('payout_batches_approved', sql`(${t.state} in ('approved', 'exported')) = (${t.approvedAt} is not null)`),
    check('payout_batches_exported', sql`(${t.state} = 'exported') = (${t.exportedAt} is not null)`),
    index('payout_batches_studio').on(t.studioId, t.draftedAt, t.id),
    index('payout_batches_drafted_by').on(t.draftedBy),
    index('payout_batches_approved_by').on(t.approvedBy),
    index('payout_batches_exported_by').on(t.exportedBy),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

/** What a batch pays to one payee. Its amounts never change; its postings name it as their source. */
export const payoutLines = pgTable(
  'payout_lines',
  {
    id: id(),
    batchId: uuid('batch_id').notNull(),
    /** In its batch, from 1: the bank's file, pages and letters name the line by it. */
    position: integer('position').notNull(),
    studioId: uuid('studio_id').notNull(),
    party: payeeParty('party').notNull(),
    ownerId: uuid('owner_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** Satang. gross = withheld + net; tax is reckoned on `base`, the gross before the payee's own VAT. */
    gross: bigint('gross', { mode: 'number' }).notNull(),
    base: bigint('base', { mode: 'number' }).notNull(),
    withholdingBp: integer('withholding_bp').notNull(),
    withheld: bigint('withheld', { mode: 'number' }).notNull(),
    net: bigint('net', { mode: 'number' }).notNull(),
    state: payoutLineState('state').notNull(),
    paidAt: instant('paid_at'),
    /** The bank's reference of the transfer: its proof. */
    reference: text('reference'),
    bouncedAt: instant('bounced_at'),
    /** The payee reads it. */
    bounceReason: text('bounce_reason'),
  },
  t => [
    unique('payout_lines_once').on(t.batchId, t.party, t.ownerId),
    unique('payout_lines_position').on(t.batchId, t.position),
    // Two batches at once never hold the same money.
    uniqueIndex('payout_lines_open')
      .on(t.studioId, t.party, t.ownerId)
      .where(sql`${t.state} in ('drafted', 'approved')`),
    foreignKey({
      name: 'payout_lines_batch_of_studio',
      columns: [t.batchId, t.studioId],
      foreignColumns: [payoutBatches.id, payoutBatches.studioId],
    }),
    foreignKey({
      name: 'payout_lines_account_of_owner',
      columns: [t.accountId, t.party, t.ownerId],
      foreignColumns: [payeeAccounts.id, payeeAccounts.party, payeeAccounts.ownerId],
    }),
    check('payout_lines_position_positive', sql`${t.position} > 0`),
    check('payout_lines_amounts', sql`${t.net} > 0 and ${t.gross} = ${t.withheld} + ${t.net}`),
    check('payout_lines_withheld', sql`${t.base} between 0 and ${t.gross} and ${t.withheld} between 0 and ${t.base}`),
    check(
      'payout_lines_paid',
      sql`(${t.paidAt} is null) = (${t.reference} is null) and (${t.state} <> 'paid' or ${t.paidAt} is not null)`,
    ),
    check(
      'payout_lines_bounced',
      sql`(${t.state} = 'bounced') = (${t.bouncedAt} is not null) and (${t.bouncedAt} is null) = (${t.bounceReason} is null)`,
    ),
    index('payout_lines_batch').on(t.batchId, t.studioId),
    index('payout_lines_account').on(t.accountId, t.party, t.ownerId),
    index('payout_lines_payee').on(t.party, t.ownerId, t.id),
    index('payout_lines_studio_paid').on(t.studioId, t.paidAt),
    index('payout_lines_bounced_at')
      .on(t.bouncedAt)
      .where(sql`${t.state} = 'bounced'`),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

const OWNED = sql.raw("('photographer_payable', 'organizer_payable', 'studio_payable')")
const ADJUSTABLE = sql.raw(`(${ADJUSTABLE_ACCOUNTS.map(kind => `'${kind}'`).join(', ')})`)

/** SQL: a correction may name this account, and it has an owner where the ledger keeps one for each payee. */
const isAccount = (kind: unknown, owner: unknown, studioId: unknown): SQL =>
  sql`${kind}::text in ${ADJUSTABLE} and (${kind}::text in ${OWNED}) = (${owner} is not null) and (${kind}::text <> 'studio_payable' or ${owner} = ${studioId})`

/**
 * Corrections of the ledger by hand. Append only: a mistake is corrected by a further one. Its posting debits one
 * account and credits another.
 */
export const ledgerAdjustments = pgTable(
  'ledger_adjustments',
  {
    id: id(),
    /** Whose payees and books it is about: with its next batch the studio pays what it gives to a payee. */
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    /** What the correction goes back to, such as the number of a letter. A studio has one correction for it. */
    reference: text('reference').notNull(),
    /** The payee reads it in the statement. */
    reason: text('reason').notNull(),
    /** Satang that the first account is debited and the second is credited. */
    amount: bigint('amount', { mode: 'number' }).notNull(),
    fromKind: accountKind('from_kind').notNull(),
    fromOwner: uuid('from_owner'),
    toKind: accountKind('to_kind').notNull(),
    toOwner: uuid('to_owner'),
    createdAt: instant('created_at').notNull(),
    createdBy: user('created_by'),
  },
  t => [
    unique('ledger_adjustments_reference').on(t.studioId, t.reference),
    check('ledger_adjustments_amount', sql`${t.amount} > 0`),
    check('ledger_adjustments_words', sql`${t.reference} <> '' and ${t.reason} <> ''`),
    check('ledger_adjustments_from', isAccount(t.fromKind, t.fromOwner, t.studioId)),
    check('ledger_adjustments_to', isAccount(t.toKind, t.toOwner, t.studioId)),
    check(
      'ledger_adjustments_moves',
      sql`(${t.fromKind}, ${t.fromOwner}) is distinct from (${t.toKind}, ${t.toOwner})`,
    ),
    index('ledger_adjustments_studio').on(t.studioId, t.createdAt, t.id),
    index('ledger_adjustments_created_by').on(t.createdBy),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
