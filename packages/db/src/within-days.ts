import { and, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** Days in Asia/Bangkok, `YYYY-MM-DD`, both included; without an end the range is open. */
export interface DayRange {
  from?: string | undefined
  to?: string | undefined
}

/** The midnight in Bangkok with which a day begins. In SQL, since JavaScript's years before 1 and after 9999 are none of PostgreSQL's. */
export const midnightOf = (day: SQL): SQL => sql`((${day})::timestamp at time zone 'Asia/Bangkok')`

/** SQL: the day of an instant in Bangkok, `2026-11-27`. */
export const bangkokDayOf = (instant: PgColumn | SQL) =>
  sql<string>`(${instant} at time zone 'Asia/Bangkok')::date::text`

/** SQL: the instant of the row lies in these days. */
export const withinDays = (instant: PgColumn, { from, to }: DayRange): SQL | undefined =>
  and(
    from === undefined ? undefined : gte(instant, midnightOf(sql`${from}::date`)),
    to === undefined ? undefined : lt(instant, midnightOf(sql`${to}::date + 1`)),
  )
