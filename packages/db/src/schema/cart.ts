import { index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { sessions } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'
import { photos } from './photos.ts'

/** One cart per session, holding photos of one event. */
export const carts = pgTable(
  'carts',
  {
    id: id(),
    sessionId: uuid('session_id')
      .notNull()
      .unique()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    eventId: uuid('event_id').references(() => events.id),
    /** `auto`, or the id of a package the buyer insists on. */
    choice: text('choice').notNull().default('auto'),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  t => [index('carts_event').on(t.eventId)],
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
