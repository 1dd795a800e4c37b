import type { LetterTemplate } from '@pix/domain/letters.ts'
import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'

/** Why a letter is no longer tried and needs a person: a day has passed, the address was refused, or it had been refused before. */
export const GIVEN_UP = ['expired', 'refused', 'suppressed'] as const
export type GivenUp = (typeof GIVEN_UP)[number]
/**
 * Another reason: what the letter's code or link opens had ended. Nobody can mend that, and its reader asks for another
 * letter.
 */
const TOO_LATE = 'too_late'

/** Mail to send; written in the transaction that causes it, sent by a job, which a sweep enqueues again. */
export const outgoingMail = pgTable(
  'outgoing_mail',
  {
    id: id(),
    template: text('template').$type<LetterTemplate>().notNull(),
    locale: text('locale').notNull(),
    recipient: text('recipient').notNull(),
    /** What is filled into its words: nothing secret. */
    facts: jsonb('data').$type<Readonly<Record<string, string>>>().notNull(),
    /** The token of its link, the code among its words and what ends such letters, kept only while the letter waits. */
    secrets: jsonb('secrets').$type<Readonly<{ token?: string; code?: string; stop?: string }>>(),
    /** Where its link leads: a page of the shop, such as `/checkout/success/<id>`. */
    path: text('path').notNull().default('/'),
    /** Slug of the studio whose storefront its link names; null is the marketplace. The clerk makes the address of it. */
    storefront: text('storefront'),
    /** One letter for one fact, however often it is written. */
    dedupeKey: text('dedupe_key').notNull(),
    createdAt: createdAt(),
    sentAt: instant('sent_at'),
    attempts: integer('attempts').notNull().default(0),
    /** Null once it was sent or given up. */
    nextTryAt: instant('next_try_at').defaultNow(),
    givenUp: text('given_up').$type<GivenUp | typeof TOO_LATE>(),
    /** Null where an earlier release gave it up. */
    givenUpAt: instant('given_up_at'),
    /** What came back from the last try that failed, for people who look after it. */
    lastAnswer: text('last_answer'),
  },
  t => [
    unique('outgoing_mail_once').on(t.dedupeKey),
    check('outgoing_mail_secrets', sql`${t.secrets} is null or ${t.nextTryAt} is not null`),
    check('outgoing_mail_path', sql`${t.path} like '/%' and ${t.path} not like '//%'`),
    check('outgoing_mail_sent', sql`${t.sentAt} is null or ${t.nextTryAt} is null`),
    check(
      'outgoing_mail_given_up',
      sql`${t.givenUp} is null or (${t.givenUp} in ('expired', 'refused', 'suppressed', 'too_late') and ${t.sentAt} is null and ${t.nextTryAt} is null)`,
    ),
    check('outgoing_mail_given_up_at', sql`${t.givenUpAt} is null or ${t.givenUp} is not null`),
    // The letters of one person.
    index('outgoing_mail_recipient').on(sql`lower(${t.recipient})`, t.createdAt),
    index('outgoing_mail_undelivered')
      .on(t.createdAt, t.id)
      .where(sql`${t.sentAt} is null and ${t.nextTryAt} is null`),
    index('outgoing_mail_open')
      .on(t.nextTryAt)
      .where(sql`${t.nextTryAt} is not null`),
  ],
)

/** What an operator says in a letter in place of our words: a row for each letter and language that has them. */
export const letterWords = pgTable(
  'letter_words',
  {
    template: text('template').$type<LetterTemplate>().notNull(),
    locale: text('locale').$type<'th' | 'en'>().notNull(),
    subject: text('subject').notNull(),
    /** Its paragraphs. */
    lines: text('lines').array().notNull(),
    /** On its button. */
    action: text('action').notNull(),
    /** Below its button. */
    hint: text('hint').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  t => [
    primaryKey({ columns: [t.template, t.locale] }),
    check('letter_words_locale', sql`${t.locale} in ('th', 'en')`),
    check('letter_words_lines', sql`cardinality(${t.lines}) > 0 and array_position(${t.lines}, null) is null`),
    check('letter_words_said', sql`'' <> all(${t.lines} || array[${t.subject}, ${t.action}, ${t.hint}])`),
  ],
)

/** Addresses that a mail server refused for good: nothing is sent there until the row is deleted. */
export const suppressedAddresses = pgTable(
  'suppressed_addresses',
  {
    /** In lower case. */
    address: text('address').primaryKey(),
    /** The server's answer. */
    reason: text('reason').notNull(),
    suppressedAt: instant('suppressed_at').notNull(),
    /** The letter that was refused. */
    mailId: uuid('mail_id').references(() => outgoingMail.id, { onDelete: 'set null' }),
  },
  t => [
    check('suppressed_addresses_lower', sql`${t.address} = lower(${t.address})`),
    index('suppressed_addresses_letter').on(t.mailId),
    index('suppressed_addresses_newest').on(t.suppressedAt, t.address),
  ],
)

/** Which letters about their work a person wants. Who has no row has chosen nothing: `LETTER_CHOICES` says what comes then. */
export const letterChoices = pgTable(
  'letter_choices',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    morning: boolean('morning').notNull(),
    firstSale: boolean('first_sale').notNull(),
    refused: boolean('refused').notNull(),
    organized: boolean('organized').notNull().default(true),
    /** The language of these letters. */
    locale: text('locale').$type<'th' | 'en'>().notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  t => [check('letter_choices_locale', sql`${t.locale} in ('th', 'en')`)],
)
