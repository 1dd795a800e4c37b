import { sql } from 'drizzle-orm'
import { boolean, check, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Where people who need help reach the platform: one row, or none while nobody has said so. The audit has its changes. */
export const supportContacts = pgTable(
  'support_contacts',
  {
    onlyRow: boolean('only_row').primaryKey().default(true),
    email: text('email'),
    /** With its `@` where it is an official account. */
    lineId: text('line_id'),
    phone: text('phone'),
    hoursTh: text('hours_th'),
    hoursEn: text('hours_en'),
    changedAt: instant('changed_at').notNull(),
  },
  t => [
    check('support_contacts_one', sql`${t.onlyRow}`),
    check('support_contacts_reach', sql`num_nonnulls(${t.email}, ${t.lineId}, ${t.phone}) > 0`),
    check('support_contacts_hours', sql`(${t.hoursTh} is null) = (${t.hoursEn} is null)`),
    check(
      'support_contacts_texts',
      sql`'' <> all(array[${t.email}, ${t.lineId}, ${t.phone}, ${t.hoursTh}, ${t.hoursEn}])`,
    ),
  ],
)
