import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, unique, uuid } from 'drizzle-orm/pg-core'
import { sessions, users } from './auth.ts'
import { createdAt, id } from './columns.ts'
import { photos } from './photos.ts'
import { namesEvent, studioPolicies } from './policies.ts'

/** Photos that somebody keeps in mind: of an account on all its devices, of a guest in their session. */
export const favourites = pgTable(
  'favourites',
  {
    id: id(),
    sessionId: uuid('session_id').references(() => sessions.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** The photo's. */
    eventId: uuid('event_id').notNull(),
    photoId: uuid('photo_id').notNull(),
    createdAt: createdAt(),
  },
  t => [
    check('favourites_one_owner', sql`num_nonnulls(${t.sessionId}, ${t.userId}) = 1`),
    unique('favourites_of_session').on(t.sessionId, t.photoId),
    unique('favourites_of_user').on(t.userId, t.photoId),
    foreignKey({
      name: 'favourites_photo_of_event',
      columns: [t.photoId, t.eventId],
      foreignColumns: [photos.id, photos.eventId],
    }).onDelete('cascade'),
    index('favourites_by_photo').on(t.photoId, t.eventId),
    index('favourites_event').on(t.eventId),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
