import { sql } from 'drizzle-orm'
import { bigint, check, index, pgEnum, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'
import { events } from './events.ts'

export const accountKind = pgEnum('account_kind', [
  'gateway_clearing',
  'platform_revenue',
  'photographer_payable',
  'organizer_payable',
  'unapplied_receipts',
  'payment_rounding',
])

export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    id: id(),
    kind: accountKind('kind').notNull(),
    /** The photographer (user) or organizer the account is kept for. */
    ownerId: uuid('owner_id'),
    createdAt: createdAt(),
  },
  t => [
    uniqueIndex('ledger_accounts_owner').on(
      t.kind,
      sql`coalesce(${t.ownerId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
    ),
    check(
      'ledger_accounts_owned',
      sql`(${t.kind} in ('photographer_payable', 'organizer_payable')) = (${t.ownerId} is not null)`,
    ),
  ],
)

export const postingKind = pgEnum('posting_kind', ['sale', 'unapplied_receipt'])

/** One business fact in the ledger. Append only; its entries add up to zero, which the database checks at commit. */
export const ledgerPostings = pgTable(
  'ledger_postings',
  {
    id: id(),
    kind: postingKind('kind').notNull(),
    /** The receipt whose money this posts: each is posted once. */
    receiptId: uuid('receipt_id').notNull(),
    orderId: uuid('order_id'),
    eventId: uuid('event_id').references(() => events.id),
    createdAt: createdAt(),
  },
  t => [
    unique('ledger_postings_receipt').on(t.receiptId),
    index('ledger_postings_order').on(t.orderId),
    index('ledger_postings_event').on(t.eventId, t.createdAt),
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
    /** The sold photo the entry is a share of. */
    photoId: uuid('photo_id'),
    memo: text('memo'),
  },
  t => [
    check('ledger_entries_amount', sql`${t.amount} <> 0`),
    index('ledger_entries_posting').on(t.postingId),
    index('ledger_entries_account').on(t.accountId),
  ],
)
