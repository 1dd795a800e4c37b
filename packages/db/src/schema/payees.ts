import { PAYEE_ACCOUNT_ENDS, PAYEE_FORMS, PAYEE_PARTIES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { id, instant, sealed } from './columns.ts'
import { namesStudio, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

export const payeeParty = pgEnum('payee_party', PAYEE_PARTIES)
export const payeeForm = pgEnum('payee_form', PAYEE_FORMS)
export const payeeAccountEnd = pgEnum('payee_account_end', PAYEE_ACCOUNT_ENDS)

/**
 * Bank accounts of people to whom shares of sales are paid out, with name and tax id for the tax office. A change is a
 * new row, so that a payout names the account to which it went.
 */
export const payeeAccounts = pgTable(
  'payee_accounts',
  {
    id: id(),
    party: payeeParty('party').notNull(),
    /** The photographer (user), organizer or studio: the owner of their account in the ledger. */
    ownerId: uuid('owner_id').notNull(),
    /** Contracts' `PayeeDetails` as JSON; null once its person deleted their account. */
    details: sealed('details'),
    /** The last four digits of its number, to distinguish it from others. */
    lastDigits: text('last_digits').notNull(),
    form: payeeForm('form').notNull(),
    /** The payee charges VAT: it is in their share, and tax is withheld on the amount before it. */
    vatRegistered: boolean('vat_registered').notNull(),
    /** The language of the letters about its payouts. */
    locale: text('locale').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    /** Nothing is paid to it before: a change that was not theirs can be seen and undone until then. */
    usableFrom: instant('usable_from').notNull(),
    endedAt: instant('ended_at'),
    end: payeeAccountEnd('end'),
  },
  t => [
    unique('payee_accounts_of_owner').on(t.id, t.party, t.ownerId),
    uniqueIndex('payee_accounts_one')
      .on(t.party, t.ownerId)
      .where(sql`${t.endedAt} is null`),
    check('payee_accounts_last_digits', sql`${t.lastDigits} ~ '^[0-9]{4}$'`),
    check('payee_accounts_ended', sql`(${t.endedAt} is null) = (${t.end} is null)`),
    check('payee_accounts_erased', sql`${t.details} is not null or ${t.endedAt} is not null`),
    index('payee_accounts_created_by').on(t.createdBy),
    // Staff see accounts of those whom sales of their studio owe something, and the studio's own.
    ...studioPolicies(sql`case ${t.party}
      when 'photographer' then exists (select from order_shares s where s.photographer_id = ${t.ownerId})
      when 'organizer' then exists (select from order_shares s where s.organizer_id = ${t.ownerId})
      else ${namesStudio(t.ownerId)} end`),
  ],
)

/** What a studio has agreed with a payee; without a row the usual rate counts. */
export const payeeTerms = pgTable(
  'payee_terms',
  {
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    party: payeeParty('party').notNull(),
    ownerId: uuid('owner_id').notNull(),
    /** Tax that is withheld from payouts, basis points of the amount before VAT. */
    withholdingBp: integer('withholding_bp').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  t => [
    primaryKey({ columns: [t.studioId, t.party, t.ownerId] }),
    check('payee_terms_withholding', sql`${t.withholdingBp} between 0 and 1500`),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
