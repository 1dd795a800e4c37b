import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, uuid } from 'drizzle-orm/pg-core'
import type { Deletion } from '../deletion.ts'
import { id, instant } from './columns.ts'
import { namesStudio, studioPolicies } from './policies.ts'

/**
 * The deletion log: what persons had deleted, so that it can be deleted again in a database that was restored from before
 * that. Each row is written in the transaction of its deletion, and a sweep stores it as an object. It holds ids alone.
 */
export const deletions = pgTable(
  'deletions',
  {
    id: id(),
    /** Whose staff deleted it; null for what persons deleted of themselves. No foreign key, so that the row outlives it. */
    studioId: uuid('studio_id'),
    what: jsonb('what').$type<Deletion>().notNull(),
    at: instant('at').notNull(),
    /** When its object had been stored. */
    storedAt: instant('stored_at'),
  },
  t => [
    check('deletions_what', sql`jsonb_typeof(${t.what} -> 'kind') = 'string'`),
    index('deletions_at').on(t.at),
    index('deletions_to_store')
      .on(t.at)
      .where(sql`${t.storedAt} is null`),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
