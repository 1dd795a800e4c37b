import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { createdAt, id, instant, sealed } from './columns.ts'

/** A user's authenticator app (TOTP, RFC 6238). It counts once a code has shown that the app has the secret. */
export const secondFactors = pgTable(
  'second_factors',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Base32. */
    secret: sealed('secret').notNull(),
    createdAt: createdAt(),
    confirmedAt: instant('confirmed_at'),
    /** The time step of the last accepted code: no code of it or of an earlier one is accepted again. */
    lastStep: integer('last_step'),
    /** Wrong codes since the last right one. */
    failures: integer('failures').notNull().default(0),
    lockedUntil: instant('locked_until'),
  },
  t => [check('second_factors_failures', sql`${t.failures} >= 0`)],
)

/** Each of them stands for one code when the app is lost. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => secondFactors.userId, { onDelete: 'cascade' }),
    /** SHA-256 of the 80 random bits, hex. */
    codeHash: text('code_hash').notNull(),
    usedAt: instant('used_at'),
  },
  t => [unique('recovery_codes_hash').on(t.userId, t.codeHash)],
)

/**
 * The report of somebody who passed the first step of a sign-in that app and recovery codes are lost. A person of the
 * installation decides, at the earliest some days later. The row ends with the factor, with any right code, with the
 * letter's link, with a button of a signed-in browser, and with the decision.
 */
export const lostSecondFactors = pgTable(
  'lost_second_factors',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => secondFactors.userId, { onDelete: 'cascade' }),
    /** SHA-256 of the token in the letter's link, hex: it keeps the factor. */
    keepHash: text('keep_hash').notNull().unique(),
    /** The language of the page at which it was reported: the letter that follows the decision is in it. */
    locale: text('locale').$type<'th' | 'en'>().notNull().default('th'),
    askedAt: instant('asked_at').notNull(),
    /** Before it nobody turns the factor off. */
    waitsUntil: instant('waits_until').notNull(),
  },
  t => [
    check('lost_second_factors_wait', sql`${t.waitsUntil} > ${t.askedAt}`),
    index('lost_second_factors_asked').on(t.askedAt),
  ],
)

/** A sign-in whose first step was right and whose code is still to come. It is deleted with the second factor's row. */
export const signInChallenges = pgTable(
  'sign_in_challenges',
  {
    /** SHA-256 of the cookie, hex. */
    tokenHash: text('token_hash').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => secondFactors.userId, { onDelete: 'cascade' }),
    /** The user's when the first step was right: a password that changed meanwhile ends the challenge. */
    sessionVersion: integer('session_version').notNull(),
    tries: integer('tries').notNull().default(0),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
  },
  t => [index('sign_in_challenges_user').on(t.userId), index('sign_in_challenges_expires_at').on(t.expiresAt)],
)
