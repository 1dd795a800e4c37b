import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, unique, uuid } from 'drizzle-orm/pg-core'
import { sessions, users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { coupons } from './coupons.ts'
import { events } from './events.ts'
import { photos } from './photos.ts'
import { namesStudio, studioPolicies } from './policies.ts'
import { packages } from './pricing.ts'
import { studios } from './studios.ts'

/** What a buyer gathers of one studio: photos of one or more of its events. A buyer has a cart for each studio: an account on all its devices, a guest in their session. */
export const carts = pgTable(
  'carts',
  {
    id: id(),
    sessionId: uuid('session_id').references(() => sessions.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    /** The coupon that the buyer entered, of the cart's studio. */
    couponId: uuid('coupon_id'),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  t => [
    check('carts_one_owner', sql`num_nonnulls(${t.sessionId}, ${t.userId}) = 1`),
    unique('carts_owner').on(t.sessionId, t.studioId),
    unique('carts_user').on(t.userId, t.studioId),
    unique('carts_of_studio').on(t.id, t.studioId),
    foreignKey({
      name: 'carts_coupon_of_studio',
      columns: [t.couponId, t.studioId],
      foreignColumns: [coupons.id, coupons.studioId],
      // The migration sets the coupon alone to null, not the studio.
    }).onDelete('set null'),
    index('carts_studio').on(t.studioId),
    index('carts_coupon').on(t.couponId, t.studioId),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

/** Photos in the carts of visitors, each once. What they cost is reckoned when the cart is shown. */
export const cartItems = pgTable(
  'cart_items',
  {
    id: id(),
    cartId: uuid('cart_id').notNull(),
    /** The cart's, and its event's. */
    studioId: uuid('studio_id').notNull(),
    /** The photo's. */
    eventId: uuid('event_id').notNull(),
    photoId: uuid('photo_id').notNull(),
    createdAt: createdAt(),
  },
  t => [
    foreignKey({
      name: 'cart_items_cart_of_studio',
      columns: [t.cartId, t.studioId],
      foreignColumns: [carts.id, carts.studioId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'cart_items_event_of_studio',
      columns: [t.eventId, t.studioId],
      foreignColumns: [events.id, events.studioId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'cart_items_photo_of_event',
      columns: [t.photoId, t.eventId],
      foreignColumns: [photos.id, photos.eventId],
    }).onDelete('cascade'),
    unique('cart_items_photo').on(t.cartId, t.photoId),
    index('cart_items_cart').on(t.cartId, t.studioId),
    index('cart_items_event').on(t.eventId, t.studioId),
    index('cart_items_by_photo').on(t.photoId, t.eventId),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

/** The package that the buyer insists on for an event's photos. An event without a row takes the cheapest combination. */
export const cartChoices = pgTable(
  'cart_choices',
  {
    cartId: uuid('cart_id').notNull(),
    /** The cart's, and the event's. */
    studioId: uuid('studio_id').notNull(),
    eventId: uuid('event_id').notNull(),
    choice: uuid('choice')
      .notNull()
      .references(() => packages.id, { onDelete: 'cascade' }),
  },
  t => [
    primaryKey({ columns: [t.cartId, t.eventId] }),
    foreignKey({
      name: 'cart_choices_cart_of_studio',
      columns: [t.cartId, t.studioId],
      foreignColumns: [carts.id, carts.studioId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'cart_choices_event_of_studio',
      columns: [t.eventId, t.studioId],
      foreignColumns: [events.id, events.studioId],
    }).onDelete('cascade'),
    index('cart_choices_cart').on(t.cartId, t.studioId),
    index('cart_choices_event').on(t.eventId, t.studioId),
    index('cart_choices_package').on(t.choice),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
