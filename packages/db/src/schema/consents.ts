import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'
import { events } from './events.ts'

/** Append only (the serving role has INSERT and SELECT). Who agreed to what, in which wording, and when. */
export const consents = pgTable(
  'consents',
  {
    id: id(),
    sessionId: uuid('session_id').notNull(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    purpose: text('purpose').notNull(),
    version: text('version').notNull(),
    createdAt: createdAt(),
  },
  t => [index('consents_event').on(t.eventId)],
)
