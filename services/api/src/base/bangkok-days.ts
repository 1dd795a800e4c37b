import { midnightOf } from '@pix/db/within-days.ts'
import { and, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

export { bangkokDayOf, type DayRange, withinDays } from '@pix/db/within-days.ts'

/** SQL: the instant of a row lies in this month in Bangkok, `YYYY-MM`. */
export const withinMonth = (instant: PgColumn, month: string): SQL => {
  const first = sql`${`${month}-01`}::date`
  return and(gte(instant, midnightOf(first)), lt(instant, midnightOf(sql`${first} + interval '1 month'`)))!
}
