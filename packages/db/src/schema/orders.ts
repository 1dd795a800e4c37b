import { ORDER_STATUSES } from '@pix/domain/order-moves.ts'
import { ARCHIVE_STATES, type CancelReason } from '@pix/domain/words.ts'
import { or, type SQL, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { FrozenOffer } from '../frozen-offer.ts'
import { sessions, users } from './auth.ts'
import { createdAt, id, instant, sealed } from './columns.ts'
import { coupons } from './coupons.ts'
import { events } from './events.ts'
import { outgoingMail } from './letters.ts'
import { photos } from './photos.ts'
import { names, namesEvent, namesStudio, studioPolicies } from './policies.ts'
import { splitRules } from './split-rules.ts'
import { studios } from './studios.ts'

export const orderStatus = pgEnum('order_status', ORDER_STATUSES)
export const orderNumbers = pgSequence('order_numbers', { startWith: 1 })

/** Orders of one studio each, from being placed to delivery, refund or cancellation. */
export const orders = pgTable(
  'orders',
  {
    id: id(),
    /** `PX-2026-000123`. */
    number: text('number').notNull().unique(),
    /** Who sells: everything in it is of this studio. */
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id),
    /** Who was signed in when it was placed: its photos return to their cart. The order is theirs by its e-mail. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    email: text('email').notNull(),
    /** By which an account finds it. */
    buyerEmail: text('buyer_email')
      .notNull()
      .generatedAlwaysAs((): SQL => sql`lower(${orders.email})`),
    locale: text('locale').notNull(),
    /** Slug of the storefront it was placed at, which its letters name; null is the marketplace. */
    storefront: text('storefront'),
    status: orderStatus('status').notNull(),
    /** Satang; equals the sum of its lines, checked by the database at commit. */
    total: bigint('total', { mode: 'number' }).notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAt(),
    paidAt: instant('paid_at'),
    fulfilledAt: instant('fulfilled_at'),
    /** One of CANCEL_REASONS. */
    cancelReason: text('cancel_reason').$type<CancelReason>(),
    /** What our people wrote beside the reason, for each other. */
    cancelNote: text('cancel_note'),
    cancelledAt: instant('cancelled_at'),
    /** SHA-256 of the token in the letter's link, hex. */
    linkHash: text('link_hash').unique(),
    /** The letter that brings the downloads, the latest where there were more. */
    letterId: uuid('letter_id').references(() => outgoingMail.id, { onDelete: 'set null' }),
    /** When its person asked for deletion while it waited for money: its address goes once it ends unpaid. */
    forgottenAt: instant('forgotten_at'),
    /** When another session than the paying one first downloaded: the e-mail stays as it is from then on. */
    downloadedElsewhereAt: instant('downloaded_elsewhere_at'),
  },
  t => [
    unique('orders_buyer').on(t.id, t.buyerEmail),
    check('orders_total', sql`${t.total} >= 0`),
    check(
      'orders_paid',
      sql`(${t.status} in ('pending', 'awaiting_payment', 'expired', 'cancelled')) = (${t.paidAt} is null)`,
    ),
    check('orders_cancel_note', sql`${t.cancelNote} is null or ${t.cancelReason} is not null`),
    unique('orders_of_studio').on(t.id, t.studioId),
    // The console's lists: all, of a studio, in a state.
    index('orders_created').on(t.createdAt, t.id),
    index('orders_studio').on(t.studioId, t.createdAt, t.id),
    index('orders_status').on(t.status, t.createdAt, t.id),
    // What people type the beginning of, byte by byte.
    index('orders_number_begins').on(sql`${t.number} collate "C"`),
    index('orders_email_begins').on(sql`${t.buyerEmail} collate "C"`),
    index('orders_session').on(t.sessionId, t.createdAt),
    index('orders_user').on(t.userId),
    index('orders_letter').on(t.letterId),
    index('orders_buyer_email')
      .on(t.buyerEmail, t.createdAt)
      .where(sql`${t.paidAt} is not null`),
    index('orders_open')
      .on(t.expiresAt)
      .where(sql`${t.status} in ('pending', 'awaiting_payment')`),
    index('orders_paid_at').on(t.paidAt),
    // The dashboard's sums by day, and what was paid last.
    index('orders_studio_paid')
      .on(t.studioId, t.paidAt, t.total)
      .where(sql`${t.paidAt} is not null`),
    index('orders_forgotten')
      .on(t.forgottenAt)
      .where(sql`${t.forgottenAt} is not null`),
    index('orders_to_fulfil')
      .on(t.paidAt)
      .where(sql`${t.status} = 'paid'`),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

/** Whom the documents of an order are to be made out to, as its buyer wrote it: the domain's `DocumentBuyer` as JSON. */
export const orderTaxData = pgTable(
  'order_tax_data',
  {
    orderId: uuid('order_id')
      .primaryKey()
      .references(() => orders.id, { onDelete: 'cascade' }),
    details: sealed('details').notNull(),
  },
  t => [...studioPolicies(names(t.orderId, 'orders'))],
)

/** What an order freezes for each of its events: the offer as it was priced, and who gets what of it. */
export const orderEvents = pgTable(
  'order_events',
  {
    orderId: uuid('order_id').notNull(),
    /** The order's, and the event's. */
    studioId: uuid('studio_id').notNull(),
    eventId: uuid('event_id').notNull(),
    /** Events in the order of the cart. */
    position: integer('position').notNull(),
    offer: jsonb('offer').$type<FrozenOffer>().notNull(),
    splitRuleId: uuid('split_rule_id')
      .notNull()
      .references(() => splitRules.id),
  },
  t => [
    primaryKey({ columns: [t.orderId, t.eventId] }),
    foreignKey({
      name: 'order_events_order_of_studio',
      columns: [t.orderId, t.studioId],
      foreignColumns: [orders.id, orders.studioId],
    }),
    foreignKey({
      name: 'order_events_event_of_studio',
      columns: [t.eventId, t.studioId],
      foreignColumns: [events.id, events.studioId],
    }),
    index('order_events_order').on(t.orderId, t.studioId),
    index('order_events_event').on(t.eventId, t.studioId),
    index('order_events_split_rule').on(t.splitRuleId),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

export const orderLineKind = pgEnum('order_line_kind', ['photo', 'print', 'coupon', 'fee'])

/**
 * What an order charges, line by line: a photo its price, a coupon what it takes off. What a photo costs in the end is its
 * price less its discount; the database holds that the discounts are what the coupons take off.
 */
/** SQL: satang that a photo costs in the end, which its parties share and which a refund of it gives back. */
export const netPrice = (line: { unitPrice: AnyPgColumn; discount: AnyPgColumn }): SQL<number> =>
  sql<number>`${line.unitPrice} - ${line.discount}`.mapWith(Number)

/** What an order sells, line by line, at the price of that moment. */
export const orderLines = pgTable(
  'order_lines',
  {
    id: id(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    kind: orderLineKind('kind').notNull(),
    /** Null for what concerns the whole order. */
    eventId: uuid('event_id'),
    photoId: uuid('photo_id'),
    photographerId: uuid('photographer_id').references(() => users.id),
    /** Satang: this line's part of the order's total. A photo's is its price before any coupon; a coupon's is below 0. */
    unitPrice: bigint('unit_price', { mode: 'number' }).notNull(),
    /** Satang of a photo's price that the order's coupon takes off. */
    discount: bigint('discount', { mode: 'number' }).notNull().default(0),
    couponId: uuid('coupon_id').references(() => coupons.id),
    position: integer('position').notNull(),
    /** When its photo was taken down after it was paid: its money is to be given back. */
    takenDownAt: instant('taken_down_at'),
  },
  t => [
    foreignKey({
      name: 'order_lines_order_event',
      columns: [t.orderId, t.eventId],
      foreignColumns: [orderEvents.orderId, orderEvents.eventId],
    }),
    foreignKey({
      name: 'order_lines_photo_of_event',
      columns: [t.photoId, t.eventId],
      foreignColumns: [photos.id, photos.eventId],
    }),
    check(
      'order_lines_kind',
      sql`case when ${t.kind} in ('photo', 'print')
        then ${t.eventId} is not null and ${t.photoId} is not null and ${t.photographerId} is not null
        else ${t.photoId} is null and ${t.photographerId} is null end`,
    ),
    check(
      'order_lines_unit_price',
      sql`case ${t.kind} when 'coupon' then ${t.unitPrice} <= 0 else ${t.unitPrice} >= 0 end`,
    ),
    check(
      'order_lines_discount',
      sql`case when ${t.kind} in ('photo', 'print') then ${t.discount} between 0 and ${t.unitPrice} else ${t.discount} = 0 end`,
    ),
    check('order_lines_coupon', sql`(${t.kind} = 'coupon') = (${t.couponId} is not null)`),
    unique('order_lines_of_order').on(t.id, t.orderId),
    uniqueIndex('order_lines_photo')
      .on(t.orderId, t.photoId)
      .where(sql`${t.kind} = 'photo'`),
    index('order_lines_order').on(t.orderId, t.eventId, t.position),
    index('order_lines_by_photo').on(t.photoId, t.eventId),
    index('order_lines_photographer').on(t.photographerId),
    index('order_lines_of_coupon').on(t.couponId),
    index('order_lines_taken_down')
      .on(t.takenDownAt, t.id)
      .where(sql`${t.takenDownAt} is not null`),
    ...studioPolicies(or(namesEvent(t.eventId), names(t.orderId, 'orders'))!),
  ],
)

/** Codes that were mailed to an order's address: the right one opens the order for the session that gives it. */
export const orderCodes = pgTable(
  'order_codes',
  {
    id: id(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    /** HMAC-SHA-256 of the code with a key of the server, hex. */
    codeHash: text('code_hash').notNull(),
    /** The letter that brings it. */
    letterId: uuid('letter_id').references(() => outgoingMail.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    /** Wrong codes that were given while it was open. */
    tries: integer('tries').notNull().default(0),
    usedAt: instant('used_at'),
  },
  t => [
    check('order_codes_tries', sql`${t.tries} between 0 and 5`),
    index('order_codes_order').on(t.orderId, t.createdAt),
    index('order_codes_letter').on(t.letterId),
    index('order_codes_created_at').on(t.createdAt),
    ...studioPolicies(names(t.orderId, 'orders')),
  ],
)

export const archiveState = pgEnum('archive_state', ARCHIVE_STATES)

/** The ZIP of an order's originals of one event. */
export const orderArchives = pgTable(
  'order_archives',
  {
    id: id(),
    orderId: uuid('order_id').notNull(),
    eventId: uuid('event_id').notNull(),
    state: archiveState('state').notNull().default('queued'),
    /** 0..1 */
    progress: real('progress').notNull().default(0),
    bytes: bigint('bytes', { mode: 'number' }),
    attempts: integer('attempts').notNull().default(0),
    /** When it was asked for, or its last try began. */
    queuedAt: instant('queued_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
  },
  t => [
    unique('order_archives_once').on(t.orderId, t.eventId),
    foreignKey({
      name: 'order_archives_order_event',
      columns: [t.orderId, t.eventId],
      foreignColumns: [orderEvents.orderId, orderEvents.eventId],
    }),
    index('order_archives_to_build')
      .on(t.queuedAt)
      .where(sql`${t.state} in ('queued', 'building')`),
    index('order_archives_to_remove')
      .on(t.expiresAt)
      .where(sql`${t.state} = 'ready'`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
