import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** Rows whose id is none of these, such as those that a queue holds already. One parameter, however many they are. */
export const notAmong = (id: PgColumn, ids: readonly string[]): SQL => sql`not (${id} = any(${sql.param(ids)}::uuid[]))`
