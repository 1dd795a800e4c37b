import { type SQL, sql } from 'drizzle-orm'
import { type PgColumn, pgPolicy, pgRole } from 'drizzle-orm/pg-core'

/** The role that serves, and the one that acts for the staff of one studio (docs/decisions/0042). */
const pixApp = pgRole('pix_app').existing()
const pixStaff = pgRole('pix_staff').existing()

/** The studio that `withStudio` named, or null. As a subselect it is read once for a query, and an index can be asked for it. */
const OWN = sql`(select nullif(current_setting('pix.studio', true), '')::uuid)`

/** SQL: the row names the studio of the transaction. */
export const namesStudio = (studioId: PgColumn): SQL => sql`${studioId} = ${OWN}`

/**
 * SQL: the row names an event of the studio of the transaction. A studio has few events, so that their ids are read
 * once for a query.
 */
export const namesEvent = (eventId: PgColumn): SQL => sql`${eventId} in (select id from events)`

/**
 * SQL: the row names a row of another table which staff see only where it is their studio's. A scalar subselect is a
 * look into the parent's primary key for each row; with `exists` the planner may read the whole parent instead.
 */
export const names = (column: PgColumn, table: string): SQL =>
  sql`(select true from ${sql.identifier(table)} parent where parent.id = ${column})`

/** What keeps a table's studios apart: staff read and write the rows of their studio alone; the role that serves, all. */
export const studioPolicies = (isOwn: SQL) => [
  pgPolicy('served', { to: pixApp, using: sql`true`, withCheck: sql`true` }),
  pgPolicy('own_studio', { to: pixStaff, using: isOwn, withCheck: isOwn }),
]

/** Beside the studio's rows: rows without a studio are the platform's. Every studio's staff read them. */
export const platformRows = (studioId: PgColumn) =>
  pgPolicy('of_the_platform', { for: 'select', to: pixStaff, using: sql`${studioId} is null` })
