import { pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { createdAt, id } from './columns.ts'

/** Accounts of OpenID providers that open accounts of ours. */
export const identities = pgTable(
  'identities',
  {
    id: id(),
    issuer: text('issuer').notNull(),
    /** The provider's name for its account, which never changes there (`sub`). */
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  t => [unique('identities_subject').on(t.issuer, t.subject), unique('identities_one_each').on(t.userId, t.issuer)],
)
