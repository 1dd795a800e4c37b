import { CONSENT_ACTS, CONSENT_PURPOSES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, index, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'
import { namesEvent, studioPolicies } from './policies.ts'

export const consentPurpose = pgEnum('consent_purpose', CONSENT_PURPOSES)
export const consentAct = pgEnum('consent_act', CONSENT_ACTS)

/** Append only. The texts that people agreed to, for as long as the ledger names them. */
export const consentWordings = pgTable(
  'consent_wordings',
  {
    /** SHA-256 of the text, hex. */
    hash: text('hash').primaryKey(),
    purpose: consentPurpose('purpose').notNull(),
    version: text('version').notNull(),
    locale: text('locale').notNull(),
    text: text('text').notNull(),
    createdAt: createdAt(),
  },
  t => [
    unique('consent_wordings_version').on(t.purpose, t.version),
    check('consent_wordings_hash', sql`${t.hash} = encode(sha256(convert_to(${t.text}, 'UTF8')), 'hex')`),
  ],
)

/**
 * Append only (the serving role has INSERT and SELECT): who agreed to what, in which wording, and who took it back. It
 * refers to no session, user or event by a foreign key, so that a line outlives them.
 */
export const consents = pgTable(
  'consents',
  {
    id: id(),
    act: consentAct('act').notNull().default('granted'),
    /** The browser in which it was done. */
    sessionId: uuid('session_id').notNull(),
    /** Who was signed in there. */
    userId: uuid('user_id'),
    /** Null where it is not about one event. */
    eventId: uuid('event_id'),
    purpose: consentPurpose('purpose').notNull(),
    version: text('version').notNull(),
    /** Null for withdrawals, and for grants from before wordings were kept. */
    wordingHash: text('wording_hash').references(() => consentWordings.hash),
    /** The grant that a withdrawal ends; null for a grant. */
    withdraws: uuid('withdraws').references((): AnyPgColumn => consents.id),
    createdAt: createdAt(),
  },
  t => [
    unique('consents_withdrawn_once').on(t.withdraws),
    check('consents_withdrawal', sql`(${t.act} = 'withdrawn') = (${t.withdraws} is not null)`),
    check(
      'consents_wording',
      sql`${t.act} = 'withdrawn' or ${t.wordingHash} is not null or ${t.version} < '2026-11-26'`,
    ),
    index('consents_session').on(t.sessionId, t.createdAt),
    index('consents_user')
      .on(t.userId, t.createdAt)
      .where(sql`${t.userId} is not null`),
    index('consents_wording').on(t.wordingHash),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
