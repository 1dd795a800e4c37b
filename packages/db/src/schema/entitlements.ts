import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { sessions } from './auth.ts'
import { id, instant } from './columns.ts'
import { photos } from './photos.ts'

export const closedWhy = pgEnum('entitlement_closed_why', ['refund', 'takedown'])

/**
 * Who has bought which photo. Written in the transaction that pays an order, closed by a refund or a takedown. Bought
 * is what is not closed; it may be downloaded until its time is over.
 */
export const entitlements = pgTable(
  'entitlements',
  {
    id: id(),
    /** The buyer. */
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id),
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
    index('entitlements_photo').on(t.photoId),
  ],
)
