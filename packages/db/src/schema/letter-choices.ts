import { sql } from 'drizzle-orm'
import { boolean, check, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { instant } from './columns.ts'

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
    /** The language of these letters. */
    locale: text('locale').$type<'th' | 'en'>().notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  t => [check('letter_choices_locale', sql`${t.locale} in ('th', 'en')`)],
)
