import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'
import { namesStudio, platformRows, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

/** Versions of who gets what, in basis points. The latest rule of the narrowest scope that has begun is in force. */
export const splitRules = pgTable(
  'split_rules',
  {
    id: id(),
    /** Whose events it is for. Null is the platform's, for every studio that has none of its own. */
    studioId: uuid('studio_id').references(() => studios.id),
    /** Null is for all events. */
    eventId: uuid('event_id'),
    version: integer('version').notNull(),
    startsAt: instant('starts_at').notNull(),
    platformBp: integer('platform_bp').notNull(),
    photographerBp: integer('photographer_bp').notNull(),
    organizerBp: integer('organizer_bp').notNull(),
    createdAt: createdAt(),
  },
  t => [
    uniqueIndex('split_rules_version').on(
      sql`coalesce(${t.eventId}, ${t.studioId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
      t.version,
    ),
    foreignKey({
      name: 'split_rules_event_of_studio',
      columns: [t.eventId, t.studioId],
      foreignColumns: [events.id, events.studioId],
    }),
    check('split_rules_scope', sql`${t.eventId} is null or ${t.studioId} is not null`),
    index('split_rules_event').on(t.eventId, t.studioId),
    index('split_rules_studio').on(t.studioId),
    check('split_rules_total', sql`${t.platformBp} + ${t.photographerBp} + ${t.organizerBp} = 10000`),
    check('split_rules_shares', sql`least(${t.platformBp}, ${t.photographerBp}, ${t.organizerBp}) >= 0`),
    ...studioPolicies(namesStudio(t.studioId)),
    platformRows(t.studioId),
  ],
)
