import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { sessions, users } from './auth.ts'
import { id, instant } from './columns.ts'
import { photos } from './photos.ts'
import { names, studioPolicies } from './policies.ts'

export const closedWhy = pgEnum('entitlement_closed_why', ['refund', 'takedown'])

/**
 * Who has bought which photo. Written in the transaction that pays an order, closed by a refund or a takedown. Bought
 * is what is not closed; it may be downloaded until its time is over.
 */
export const entitlements = pgTable(
  'entitlements',
  {
    id: id(),
    /** The session that paid. */
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id),
    /** The account that was signed in there when it paid, or when it ordered. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    /** The order's e-mail in lower case. It follows the order's by a foreign key that is in the migration. */
    email: text('email').notNull(),
    /** Its foreign keys are in the migration, too. */
    orderId: uuid('order_id').notNull(),
    photoId: uuid('photo_id')
      .notNull()
      .references(() => photos.id),
    /** The line that was paid. Its foreign key is in the migration: orders lie above. */
    lineId: uuid('line_id').notNull().unique(),
    from: instant('valid_from').notNull(),
    /** Downloads end here. */
    until: instant('valid_until').notNull(),
    closedAt: instant('closed_at'),
    closedWhy: closedWhy('closed_why'),
  },
  t => [
    check('entitlements_window', sql`${t.until} >= ${t.from}`),
    check('entitlements_closed', sql`(${t.closedAt} is null) = (${t.closedWhy} is null)`),
    // Nothing is sold twice to one buyer.
    uniqueIndex('entitlements_bought')
      .on(t.sessionId, t.photoId)
      .where(sql`${t.closedAt} is null`),
    index('entitlements_session').on(t.sessionId),
    index('entitlements_user').on(t.userId),
    index('entitlements_order').on(t.orderId, t.email),
    index('entitlements_line').on(t.lineId, t.orderId),
    index('entitlements_email').on(t.email),
    index('entitlements_photo').on(t.photoId),
    ...studioPolicies(names(t.orderId, 'orders')),
  ],
)

/** Sessions that may have what another session has paid for, because they gave a code that was mailed to its buyer. */
export const orderAccess = pgTable(
  'order_access',
  {
    /** Its foreign key is in the migration: orders lie above. */
    orderId: uuid('order_id').notNull(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    grantedAt: instant('granted_at').notNull(),
    /** The end of the order's downloads. */
    until: instant('until').notNull(),
  },
  t => [
    primaryKey({ columns: [t.orderId, t.sessionId] }),
    index('order_access_session').on(t.sessionId),
    ...studioPolicies(names(t.orderId, 'orders')),
  ],
)
