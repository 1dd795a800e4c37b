import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  real,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { sessions, users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'
import { photos } from './photos.ts'
import { splitRules } from './split-rules.ts'

export const orderStatus = pgEnum('order_status', [
  'pending',
  'awaiting_payment',
  'paid',
  'fulfilled',
  'expired',
  'cancelled',
])

export const orderNumbers = pgSequence('order_numbers', { startWith: 1 })

/** An offer as it was priced, kept as the wire's shape so that an order reads for ever as it was sold. */
export interface FrozenOffer {
  lines: {
    package: {
      id: string
      kind: 'single' | 'bundle' | 'unlimited'
      name: { th: string; en: string }
      photoCount: number | null
      price: { amount: number; currency: 'THB' }
    }
    quantity: number
    photos: number
    amount: { amount: number; currency: 'THB' }
  }[]
  total: { amount: number; currency: 'THB' }
  photos: number
}

export const orders = pgTable(
  'orders',
  {
    id: id(),
    /** `PX-2026-000123`. */
    number: text('number').notNull().unique(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    email: text('email').notNull(),
    locale: text('locale').notNull(),
    status: orderStatus('status').notNull(),
    /** Satang; equals the sum of its items' unit prices, checked by the database at commit. */
    total: bigint('total', { mode: 'number' }).notNull(),
    offer: jsonb('offer').$type<FrozenOffer>().notNull(),
    splitRuleId: uuid('split_rule_id')
      .notNull()
      .references(() => splitRules.id),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAt(),
    paidAt: instant('paid_at'),
    fulfilledAt: instant('fulfilled_at'),
    /** Downloads end here. */
    downloadsUntil: instant('downloads_until'),
    cancelReason: text('cancel_reason'),
  },
  t => [
    check('orders_total', sql`${t.total} >= 0`),
    check('orders_paid', sql`(${t.status} in ('paid', 'fulfilled')) = (${t.paidAt} is not null)`),
    index('orders_session').on(t.sessionId, t.createdAt),
    index('orders_open')
      .on(t.expiresAt)
      .where(sql`${t.status} in ('pending', 'awaiting_payment')`),
    index('orders_event').on(t.eventId, t.paidAt),
    index('orders_paid_at').on(t.paidAt),
    index('orders_split_rule').on(t.splitRuleId),
    index('orders_to_fulfil')
      .on(t.paidAt)
      .where(sql`${t.status} = 'paid'`),
  ],
)

export const orderItems = pgTable(
  'order_items',
  {
    id: id(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    photoId: uuid('photo_id')
      .notNull()
      .references(() => photos.id),
    photographerId: uuid('photographer_id')
      .notNull()
      .references(() => users.id),
    /** Satang: this photo's part of the order's total. */
    unitPrice: bigint('unit_price', { mode: 'number' }).notNull(),
    position: integer('position').notNull(),
  },
  t => [
    unique('order_items_photo').on(t.orderId, t.photoId),
    check('order_items_unit_price', sql`${t.unitPrice} >= 0`),
    index('order_items_by_photo').on(t.photoId),
    index('order_items_photographer').on(t.photographerId),
  ],
)

export const archiveState = pgEnum('archive_state', ['queued', 'building', 'ready', 'failed', 'expired'])

/** The ZIP of an order's originals. */
export const orderArchives = pgTable(
  'order_archives',
  {
    id: id(),
    orderId: uuid('order_id')
      .notNull()
      .unique()
      .references(() => orders.id),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    state: archiveState('state').notNull().default('queued'),
    /** 0..1 */
    progress: real('progress').notNull().default(0),
    bytes: bigint('bytes', { mode: 'number' }),
    attempts: integer('attempts').notNull().default(0),
    queuedAt: instant('queued_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
  },
  t => [
    index('order_archives_event').on(t.eventId),
    index('order_archives_to_build')
      .on(t.queuedAt)
      .where(sql`${t.state} in ('queued', 'building')`),
    index('order_archives_to_remove')
      .on(t.expiresAt)
      .where(sql`${t.state} = 'ready'`),
  ],
)
