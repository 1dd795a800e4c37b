import { index, pgTable, primaryKey, unique, uuid } from 'drizzle-orm/pg-core'
import { sessions } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'
import { photos } from './photos.ts'
import { packages } from './pricing.ts'

/** What a buyer gathers: photos of one or more events. */
export const carts = pgTable(
  'carts',
  {
    id: id(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  t => [unique('carts_owner').on(t.sessionId)],
)

export const cartItems = pgTable(
  'cart_items',
  {
    id: id(),
    cartId: uuid('cart_id')
      .notNull()
      .references(() => carts.id, { onDelete: 'cascade' }),
    photoId: uuid('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  t => [unique('cart_items_photo').on(t.cartId, t.photoId), index('cart_items_by_photo').on(t.photoId)],
)

/** The package that the buyer insists on for an event's photos. An event without a row takes the cheapest combination. */
export const cartChoices = pgTable(
  'cart_choices',
  {
    cartId: uuid('cart_id')
      .notNull()
      .references(() => carts.id, { onDelete: 'cascade' }),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    choice: uuid('choice')
      .notNull()
      .references(() => packages.id, { onDelete: 'cascade' }),
  },
  t => [
    primaryKey({ columns: [t.cartId, t.eventId] }),
    index('cart_choices_event').on(t.eventId),
    index('cart_choices_package').on(t.choice),
  ],
)
