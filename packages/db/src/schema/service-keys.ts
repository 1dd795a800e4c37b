import { SERVICE_KEY_SCOPES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { namesStudio, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

export const serviceKeyScope = pgEnum('service_key_scope', SERVICE_KEY_SCOPES)

/** Keys by which machines authenticate. A key may do no more than its maker may do now. */
export const serviceKeys = pgTable(
  'service_keys',
  {
    id: id(),
    /** Whose it is; null is the platform's. */
    studioId: uuid('studio_id').references(() => studios.id),
    name: text('name').notNull(),
    /** SHA-256 of the key, hex. */
    tokenHash: text('token_hash').notNull().unique(),
    scopes: serviceKeyScope('scopes').array().notNull(),
    /** Null once that account is gone: the key ends with it. */
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  t => [
    check('service_keys_scopes', sql`cardinality(${t.scopes}) > 0`),
    check(
      'service_keys_expiry',
      sql`${t.expiresAt} > ${t.createdAt} and ${t.expiresAt} <= ${t.createdAt} + interval '366 days'`,
    ),
    // Read backwards, newest first.
    index('service_keys_newest').on(t.studioId, t.createdAt, t.id),
    index('service_keys_created_by').on(t.createdBy),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
