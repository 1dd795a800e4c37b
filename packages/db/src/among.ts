import { type SQL, sql } from 'drizzle-orm'

/**
 * Rows whose id is one of these; no row where there is none. Ids are made in the order of time, so rows of one time lie
 * together in their index: with the first and the last id the planner reads that part of it, and without them often the
 * whole table.
 *
 * @param column as SQL writes it
 */
export function among(column: string, ids: readonly string[]): SQL {
  if (ids.length === 0) return sql`false`
  const id = sql.raw(column)
  const first = ids.reduce((least, one) => (one < least ? one : least))
  const last = ids.reduce((most, one) => (one > most ? one : most))
  return sql`(${id} = any(${sql.param(ids)}::uuid[]) and ${id} between ${first} and ${last})`
}
