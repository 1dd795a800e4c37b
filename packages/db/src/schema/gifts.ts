import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { entitlements } from './entitlements.ts'
import { orderLines, orders } from './orders.ts'
import { names, studioPolicies } from './policies.ts'

/** Links by which a buyer gives bought photos to somebody. A link that is withdrawn is deleted. */
export const gifts = pgTable(
  'gifts',
  {
    id: id(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    /** Which of the order's links it is: with the constraints below no order has more than ten. */
    slot: smallint('slot').notNull(),
    /** SHA-256 of the link's token, hex. */
    tokenHash: text('token_hash').notNull().unique(),
    /** Who gives the photos, as the buyer wrote it for the receiver; null where they wrote nothing. */
    giverName: text('giver_name'),
    /** What the buyer wrote to the receiver. */
    note: text('note'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  t => [
    check('gifts_slot', sql`${t.slot} between 1 and 10`),
    unique('gifts_slot_once').on(t.orderId, t.slot),
    unique('gifts_of_order').on(t.id, t.orderId),
    check('gifts_token_hash', sql`${t.tokenHash} ~ '^[0-9a-f]{64}$'`),
    check('gifts_giver_name', sql`char_length(${t.giverName}) between 1 and 60`),
    check('gifts_note', sql`char_length(${t.note}) between 1 and 200`),
    check('gifts_days', sql`${t.expiresAt} > ${t.createdAt} and ${t.expiresAt} <= ${t.createdAt} + interval '30 days'`),
    index('gifts_expires_at').on(t.expiresAt),
    ...studioPolicies(names(t.orderId, 'orders')),
  ],
)

/** The photos of such a link: lines of its order that were paid. */
export const giftPhotos = pgTable(
  'gift_photos',
  {
    giftId: uuid('gift_id').notNull(),
    /** The gift's, and the line's. */
    orderId: uuid('order_id').notNull(),
    lineId: uuid('line_id')
      .notNull()
      .references(() => entitlements.lineId, { onDelete: 'cascade' }),
    /** How often the link has downloaded it. */
    downloads: integer('downloads').notNull().default(0),
  },
  t => [
    primaryKey({ columns: [t.giftId, t.orderId, t.lineId] }),
    foreignKey({
      name: 'gift_photos_gift_of_order',
      columns: [t.giftId, t.orderId],
      foreignColumns: [gifts.id, gifts.orderId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'gift_photos_line_of_order',
      columns: [t.lineId, t.orderId],
      foreignColumns: [orderLines.id, orderLines.orderId],
    }).onDelete('cascade'),
    check('gift_photos_downloads', sql`${t.downloads} between 0 and 20`),
    index('gift_photos_line').on(t.lineId, t.orderId),
    ...studioPolicies(names(t.orderId, 'orders')),
  ],
)
