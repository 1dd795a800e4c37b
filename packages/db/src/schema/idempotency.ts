import { index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'

/** First answers of repeatable writes, kept 24 h (spec/10). */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    id: id(),
    /** Buyer and route. */
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of the body, hex. */
    requestHash: text('request_hash').notNull(),
    /** Null while the first request is being answered. */
    status: integer('status'),
    body: jsonb('body').$type<unknown>(),
    createdAt: createdAt(),
  },
  t => [unique('idempotency_keys_once').on(t.scope, t.key), index('idempotency_keys_age').on(t.createdAt)],
)
