import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { events } from './events.ts'
import { namesEvent, studioPolicies } from './policies.ts'

/**
 * What happened at an event in an hour, in numbers alone: nobody is named, so they stay when searches and carts are
 * forgotten. What was paid is read from the orders. A sweep writes it (docs/decisions/0065).
 */
export const eventHours = pgTable(
  'event_hours',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** Its beginning. */
    hour: instant('hour').notNull(),
    /** Browser tabs that opened a page of the event. */
    visits: integer('visits').notNull().default(0),
    /** Face searches that have ended, by how. */
    found: integer('found').notNull().default(0),
    nothingFound: integer('nothing_found').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    /** Carts that the first photo of the event was put into. */
    carts: integer('carts').notNull().default(0),
  },
  t => [
    primaryKey({ columns: [t.eventId, t.hour] }),
    check('event_hours_hour', sql`${t.hour} = date_trunc('hour', ${t.hour}, 'UTC')`),
    check('event_hours_counts', sql`least(${t.visits}, ${t.found}, ${t.nothingFound}, ${t.failed}, ${t.carts}) >= 0`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
