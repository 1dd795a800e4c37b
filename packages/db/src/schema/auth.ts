import { ROLES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from './columns.ts'

export const userRole = pgEnum('user_role', ROLES)

export const users = pgTable(
  'users',
  {
    id: id(),
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    role: userRole('role').notNull(),
    /** argon2id. */
    passwordHash: text('password_hash').notNull(),
    /** Bumped by role change, ban, password change and logout; tokens of an older version are refused. */
    sessionVersion: integer('session_version').notNull().default(0),
    suspendedAt: instant('suspended_at'),
    createdAt: createdAt(),
  },
  t => [check('users_email_lower', sql`${t.email} = lower(${t.email})`)],
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
    /** Every failure moves it on by the same span: the time left until then, in spans, is the number that counts. */
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

/** A visitor's browser: owns a cart, searches and guest orders. Only the hash of its cookie is stored. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    /** SHA-256 of the cookie, hex. */
    tokenHash: text('token_hash').notNull(),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
  },
  t => [unique('sessions_token_hash').on(t.tokenHash), index('sessions_expires_at').on(t.expiresAt)],
)
