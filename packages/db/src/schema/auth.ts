import { ACCOUNT_TOKEN_PURPOSES, ROLES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from './columns.ts'

export const userRole = pgEnum('user_role', ROLES)

/** Accounts of people: customers, photographers, organizers, those who work for studios, and platform admins. */
export const users = pgTable(
  'users',
  {
    id: id(),
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    role: userRole('role').notNull(),
    /** When somebody showed that they read this address's mail; null until then. */
    emailVerifiedAt: instant('email_verified_at'),
    /** argon2id; null for an account that is opened in other ways. */
    passwordHash: text('password_hash'),
    /**
     * Tokens of an older version are refused. Logout bumps it; a trigger bumps it at every change of role, suspension
     * or password.
     */
    sessionVersion: integer('session_version').notNull().default(0),
    suspendedAt: instant('suspended_at'),
    /** When a second factor was first asked of the account; the days of grace run from here. */
    secondFactorRequiredAt: instant('second_factor_required_at'),
    /** Its person asked for deletion: name and address are gone, the id stays for what names it. */
    deletedAt: instant('deleted_at'),
    createdAt: createdAt(),
  },
  t => [
    check('users_email_lower', sql`${t.email} = lower(${t.email})`),
    // The console's list, read backwards, and who is above all studios.
    index('users_created').on(t.createdAt, t.id),
    // A part of the name or the address, as the list's search asks for it.
    index('users_text').using('gin', sql`(search_form(${t.name}) || ' ' || search_form(${t.email})) gin_trgm_ops`),
    index('users_platform_admins')
      .on(t.createdAt, t.id)
      .where(sql`${t.role} = 'platform_admin'`),
  ],
)

/**
 * Failed sign-ins, counted alike for addresses with and without an account. No user is referred to: the rows of both
 * look the same. A row counts nothing any more after `fades_at`.
 */
export const loginFailures = pgTable(
  'login_failures',
  {
    /** SHA-256 of the e-mail address and of where the sign-in came from, hex. */
    key: text('key').primaryKey(),
    /**
     * Every failure moves it by the same span. The time that is left until then, counted in spans, is the number of
     * failures.
     */
    fadesAt: instant('fades_at').notNull(),
    lockedUntil: instant('locked_until'),
  },
  t => [index('login_failures_fades_at').on(t.fadesAt)],
)

/** One row per refresh token. A family is one sign-in; using a rotated token again revokes the family. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    familyId: uuid('family_id').notNull(),
    /** SHA-256, hex. */
    tokenHash: text('token_hash').notNull().unique(),
    device: text('device').notNull(),
    /** The network that it was given to; null for tokens that are older than this column. */
    network: text('network'),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    rotatedAt: instant('rotated_at'),
    revokedAt: instant('revoked_at'),
  },
  t => [
    index('refresh_tokens_family').on(t.familyId),
    index('refresh_tokens_user').on(t.userId),
    index('refresh_tokens_expires_at').on(t.expiresAt),
  ],
)

export const accountTokenPurpose = pgEnum('account_token_purpose', ACCOUNT_TOKEN_PURPOSES)

/** Tokens and codes that letters bring, each for one purpose and one use. */
export const accountTokens = pgTable(
  'account_tokens',
  {
    id: id(),
    purpose: accountTokenPurpose('purpose').notNull(),
    /** SHA-256 of a link's token, or HMAC of a code with this row's id; hex. */
    tokenHash: text('token_hash').notNull().unique(),
    /** Null where nobody has the address: such a row opens nothing, and is written so that both take alike long. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** The account's e-mail address to which it was sent: an account that has another one since is not opened. */
    address: text('address').notNull(),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    /** When it was used, or replaced by a later one. */
    usedAt: instant('used_at'),
    /** Wrong codes that were given for it. */
    tries: integer('tries').notNull().default(0),
  },
  t => [
    check('account_tokens_address_lower', sql`${t.address} = lower(${t.address})`),
    check('account_tokens_tries', sql`${t.tries} between 0 and 5`),
    index('account_tokens_user').on(t.userId),
    index('account_tokens_address').on(t.address, t.purpose),
    index('account_tokens_expires_at').on(t.expiresAt),
  ],
)

/** Browsers that signed in to an account before, also after they signed out: strangers' failures do not lock them out. */
export const knownDevices = pgTable(
  'known_devices',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the browser's cookie, hex. */
    tokenHash: text('token_hash').notNull(),
    lastSignInAt: instant('last_sign_in_at').notNull(),
  },
  t => [primaryKey({ columns: [t.userId, t.tokenHash] }), index('known_devices_last').on(t.lastSignInAt)],
)

/**
 * A visitor's browser: owns a cart, searches and guest orders, and carries the user who signed in there. Only the hash of
 * its cookie is stored.
 */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    /** SHA-256 of the cookie, hex. */
    tokenHash: text('token_hash').notNull(),
    /** Set by a sign-in, taken away by a sign-out. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    /** The refresh tokens of that sign-in: the session has its user while one of them is good. */
    familyId: uuid('family_id'),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
  },
  t => [
    unique('sessions_token_hash').on(t.tokenHash),
    check('sessions_user', sql`${t.userId} is null or ${t.familyId} is not null`),
    index('sessions_user_id').on(t.userId),
    index('sessions_expires_at').on(t.expiresAt),
  ],
)
