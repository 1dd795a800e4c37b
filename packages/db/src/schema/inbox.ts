import { INBOX_KINDS } from '@pix/domain/words.ts'
import { index, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { instant } from './columns.ts'

export const inboxKind = pgEnum('inbox_kind', INBOX_KINDS)

/** Who takes care of a line of the inbox. The lines themselves are open rows of the features. */
export const inboxTakes = pgTable(
  'inbox_takes',
  {
    kind: inboxKind('kind').notNull(),
    /** The open row. */
    itemId: uuid('item_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    takenAt: instant('taken_at').notNull(),
  },
  t => [primaryKey({ columns: [t.kind, t.itemId] }), index('inbox_takes_user').on(t.userId)],
)

/** Lines that somebody decided to leave as they are. A row that opens again later is a line again. */
export const inboxLeft = pgTable(
  'inbox_left',
  {
    kind: inboxKind('kind').notNull(),
    itemId: uuid('item_id').notNull(),
    /** Since when the line was open: what opened later is not left. */
    since: instant('since').notNull(),
    reason: text('reason').notNull(),
    leftAt: instant('left_at').notNull(),
  },
  t => [primaryKey({ columns: [t.kind, t.itemId] })],
)
