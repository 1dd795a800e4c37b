import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'

/** Versions of who gets what, in basis points. The latest rule of the narrowest scope that has begun is in force. */
export const splitRules = pgTable(
  'split_rules',
  {
    id: id(),
    /** Null is global. */
    eventId: uuid('event_id').references(() => events.id),
    version: integer('version').notNull(),
    startsAt: instant('starts_at').notNull(),
    platformBp: integer('platform_bp').notNull(),
    photographerBp: integer('photographer_bp').notNull(),
    organizerBp: integer('organizer_bp').notNull(),
    createdAt: createdAt(),
  },
  t => [
    uniqueIndex('split_rules_version').on(
      sql`coalesce(${t.eventId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
      t.version,
    ),
    index('split_rules_event').on(t.eventId),
    check('split_rules_total', sql`${t.platformBp} + ${t.photographerBp} + ${t.organizerBp} = 10000`),
    check('split_rules_shares', sql`least(${t.platformBp}, ${t.photographerBp}, ${t.organizerBp}) >= 0`),
  ],
)
