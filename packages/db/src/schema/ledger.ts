import { LEDGER_ACCOUNT_KINDS, POSTING_KINDS } from '@pix/domain/words.ts'
import { or, sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
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
import { createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'
import { orderLines } from './orders.ts'
import { photos } from './photos.ts'
import { names, namesEvent, studioPolicies } from './policies.ts'

export const accountKind = pgEnum('account_kind', LEDGER_ACCOUNT_KINDS)

/** Accounts of the ledger: one of each kind, and for payees one each. */
export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    id: id(),
    kind: accountKind('kind').notNull(),
    /** The photographer (user), organizer or studio that the account is kept for. */
    ownerId: uuid('owner_id'),
    createdAt: createdAt(),
  },
  t => [
    uniqueIndex('ledger_accounts_owner').on(
      t.kind,
      sql`coalesce(${t.ownerId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
    ),
    // As text: a value that was added to the type may not be named in the transaction that added it.
    check(
      'ledger_accounts_owned',
      sql`(${t.kind}::text in ('photographer_payable', 'organizer_payable', 'studio_payable')) = (${t.ownerId} is not null)`,
    ),
  ],
)

export const postingKind = pgEnum('posting_kind', POSTING_KINDS)

/**
 * What a posting is made by: money that came in (`receipt`), kept money that was given to an order later
 * (`application`), a refund that is owed, its transfer (`refund_transfer`), a gateway's own statement with its fees
 * (`settlement`), what a receipt was announced short of after it was credited (`shortfall`), or a correction by an admin
 * (`adjustment`). A line of a payout makes up to four: its approval (`payout`), its transfer, the tax that was withheld with
 * it, and its return by the bank.
 */
export const ledgerSource = pgEnum('ledger_source', [
  'receipt',
  'application',
  'refund',
  'payout',
  'settlement',
  'adjustment',
  'refund_transfer',
  'payout_transfer',
  'withholding',
  'payout_return',
  'shortfall',
])

export const ledgerPositions = pgSequence('ledger_postings_position_seq')

/** One business fact in the ledger. Append only; its entries add up to zero, which the database checks at commit. */
export const ledgerPostings = pgTable(
  'ledger_postings',
  {
    id: id(),
    /** The order in which postings are sealed; `next_position` makes it. */
    position: bigint('position', { mode: 'number' })
      .notNull()
      .default(sql`next_position('ledger_postings_position_seq')`),
    kind: postingKind('kind').notNull(),
    sourceKind: ledgerSource('source_kind').notNull(),
    /** The row of that kind: each is posted once. */
    sourceId: uuid('source_id').notNull(),
    orderId: uuid('order_id'),
    /** Only of sales from before entries named their events: such an order is of one event. */
    eventId: uuid('event_id').references(() => events.id),
    createdAt: createdAt(),
  },
  t => [
    unique('ledger_postings_position').on(t.position),
    index('ledger_postings_created_at').on(t.createdAt),
    unique('ledger_postings_source').on(t.sourceKind, t.sourceId),
    index('ledger_postings_order').on(t.orderId),
    index('ledger_postings_event').on(t.eventId, t.createdAt),
    ...studioPolicies(
      or(names(t.orderId, 'orders'), names(t.sourceId, 'payout_lines'), names(t.sourceId, 'ledger_adjustments'))!,
    ),
  ],
)

/** Append only. Debits positive, credits negative, in satang. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: id(),
    postingId: uuid('posting_id')
      .notNull()
      .references(() => ledgerPostings.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => ledgerAccounts.id),
    amount: bigint('amount', { mode: 'number' }).notNull(),
    /**
     * The order's line, its photo and its event, where the entry is a share of a sale: one entry for each line and party.
     * Earlier sales have one entry for each party, and none of the three.
     */
    lineId: uuid('line_id').references(() => orderLines.id),
    photoId: uuid('photo_id').references(() => photos.id),
    eventId: uuid('event_id').references(() => events.id),
    memo: text('memo'),
  },
  t => [
    check('ledger_entries_amount', sql`${t.amount} <> 0`),
    check('ledger_entries_photo', sql`${t.photoId} is null or (${t.lineId} is not null and ${t.eventId} is not null)`),
    uniqueIndex('ledger_entries_share')
      .on(t.postingId, t.lineId, t.accountId)
      .where(sql`${t.lineId} is not null`),
    index('ledger_entries_posting').on(t.postingId),
    // Ids are made in the order of time: read backwards, an account's newest entries come first.
    index('ledger_entries_account').on(t.accountId, t.id),
    index('ledger_entries_line').on(t.lineId),
    index('ledger_entries_photo').on(t.photoId),
    index('ledger_entries_event').on(t.eventId),
    ...studioPolicies(or(namesEvent(t.eventId), names(t.postingId, 'ledger_postings'))!),
  ],
)

/**
 * Postings of early releases that cannot be recomputed: sales with no entry for a line, and sales and refunds of orders
 * that froze no shares. A migration wrote them down, and the role that serves adds none. The check of the whole ledger
 * reads it; staff of a studio do not, so it is no table of studios and has no foreign key.
 */
export const ledgerEarlyPostings = pgTable('ledger_early_postings', { postingId: uuid('posting_id').primaryKey() })

/**
 * What each account holds after the postings up to the last sealed one. Only the sealing sweep writes here, in the
 * transaction of the seal: sales wait for nothing. What an account holds now is this and the entries that are not
 * sealed yet.
 */
export const ledgerBalances = pgTable('ledger_balances', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => ledgerAccounts.id),
  /** Satang, debit positive. */
  amount: bigint('amount', { mode: 'number' }).notNull(),
  /** The seal by which it changed last. */
  sealNumber: integer('seal_number').notNull(),
})

/** What adding the books up gave, each time that it was done. */
export const ledgerChecks = pgTable(
  'ledger_checks',
  {
    id: id(),
    checkedAt: instant('checked_at').notNull(),
    tookMs: integer('took_ms').notNull(),
    postings: integer('postings').notNull(),
    /** Postings whose entries do not add up to zero. */
    unbalanced: integer('unbalanced').notNull(),
    /** Paid orders without exactly one sale, or whose shares are not what the order or one of its lines costs. */
    wrong: integer('wrong').notNull(),
    /** Accounts whose kept balance is not the sum of their sealed entries. */
    drifted: integer('drifted').notNull().default(0),
    /** Receipts whose money waits in unapplied receipts, and how much. */
    held: integer('held').notNull(),
    /** Satang. */
    heldAmount: bigint('held_amount', { mode: 'number' }).notNull(),
    balanced: boolean('balanced')
      .notNull()
      .generatedAlwaysAs(sql`unbalanced = 0 and wrong = 0 and drifted = 0`),
  },
  t => [index('ledger_checks_checked_at').on(t.checkedAt)],
)
