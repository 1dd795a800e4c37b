import { sql } from 'drizzle-orm'
import { boolean, check, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { instant } from './columns.ts'

/** What a photographer says of themselves on a public page of their own. Nobody has one who has not made it. */
export const portfolios = pgTable(
  'portfolios',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The last part of the page's address, `/p/<slug>`. It stays theirs while the page is not shown. */
    slug: text('slug').notNull().unique(),
    /** As the public knows them: not the name of the account. */
    name: text('name').notNull(),
    about: text('about').notNull().default(''),
    /** The public sees the page. */
    shown: boolean('shown').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  t => [
    check('portfolios_slug', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${t.slug}) between 3 and 40`),
    check('portfolios_name', sql`length(${t.name}) between 1 and 80`),
    check('portfolios_about', sql`length(${t.about}) <= 600`),
  ],
)
