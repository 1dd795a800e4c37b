import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** How long a photo rests after its first failed try; twice as long after each further one. */
const BACKOFF_SECONDS = 60

/**
 * SQL: the row may be tried now.
 *
 * @param attempts tries that it has had
 * @param since when the last one began
 */
export const restedSince = (attempts: PgColumn, since: PgColumn, now: Date): SQL =>
  sql`(${attempts} = 0 or ${since} <= ${now.toISOString()}::timestamptz
    - ${BACKOFF_SECONDS} * interval '1 second' * power(2, ${attempts} - 1))`
