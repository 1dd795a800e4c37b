import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from './columns.ts'

/**
 * Links by which the first platform admin is made: one for each start of an api while there is none. All of them go with
 * the first that is used.
 */
export const setupLinks = pgTable(
  'setup_links',
  {
    id: id(),
    /** SHA-256 of the link's token, hex. */
    tokenHash: text('token_hash').notNull().unique(),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
  },
  t => [index('setup_links_expires_at').on(t.expiresAt)],
)
