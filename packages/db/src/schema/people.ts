import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { instant } from './columns.ts'
import { events } from './events.ts'
import { namesEvent, studioPolicies } from './policies.ts'

/**
 * The events whose faces are grouped into people, because an admin asked. `faces.person_id` says who is who: a person
 * is only a number that faces share, and is gone with them.
 */
export const eventPeople = pgTable(
  'event_people',
  {
    eventId: uuid('event_id')
      .primaryKey()
      .references(() => events.id, { onDelete: 'cascade' }),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => users.id),
    askedAt: instant('asked_at').notNull(),
    /** The event's `index_revision` that the people are of; null before the first time. */
    revision: bigint('revision', { mode: 'number' }),
    groupedAt: instant('grouped_at'),
    /** Model version of the faces that the people are of. */
    faceModel: text('face_model'),
    /** Tries since the last that ended well; the sweep gives up after 3, and an admin may ask again. */
    attempts: integer('attempts').notNull().default(0),
    triedAt: instant('tried_at'),
  },
  t => [
    check('event_people_grouped', sql`(${t.revision} is null) = (${t.groupedAt} is null)`),
    index('event_people_asked_by').on(t.askedBy),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
