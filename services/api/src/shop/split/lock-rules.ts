import type { Queryable } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'

/**
 * Rules and rates are written one after the other until the transaction ends, those of all studios: a rate of any studio
 * stands beside a rule of the platform. It is taken before the lock of an event's row.
 */
export const lockRules = (db: Queryable) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtextextended('split rules', 0))`)
