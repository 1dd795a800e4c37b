import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { isNull, sql } from 'drizzle-orm'
import { users } from './auth.ts'
import { id, instant, sealed } from './columns.ts'

/**
 * The account to which buyers transfer by hand. It is the installation's: every sale's money is in its clearing account.
 * A change closes the row in force and adds one, so that a slip shows to which account it was paid.
 */
export const transferAccounts = pgTable(
  'transfer_accounts',
  {
    id: id(),
    /** As buyers read it. */
    bank: text('bank').notNull(),
    name: text('name').notNull(),
    number: sealed('number').notNull(),
    promptpay: sealed('promptpay'),
    setAt: instant('set_at').notNull(),
    setBy: uuid('set_by').references(() => users.id, { onDelete: 'set null' }),
    /** Since when another one, or none, is in force. */
    closedAt: instant('closed_at'),
  },
  t => [
    check('transfer_accounts_names', sql`${t.bank} <> '' and ${t.name} <> ''`),
    uniqueIndex('transfer_accounts_in_force')
      .on(sql`(true)`)
      .where(isNull(t.closedAt)),
    index('transfer_accounts_set_by').on(t.setBy),
  ],
)
