import { eq, lt, or, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** Tries that a ZIP or a statement has before it is given up. Counted in its row, so that no crash forgets one. */
export const MAX_TRIES = 3
/** How long it rests after the beginning of a try. */
const BACKOFF_MS = 30_000

/**
 * SQL: the row may be tried now.
 *
 * @param attempts tries that it has had
 * @param since when the last one began
 */
export const hasRested = (attempts: PgColumn, since: PgColumn, now: Date): SQL =>
  or(eq(attempts, 0), lt(since, new Date(now.getTime() - BACKOFF_MS)))!
