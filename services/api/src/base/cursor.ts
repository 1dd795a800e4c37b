import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { Problem } from './problem.ts'

/** The opaque cursor of a page: the sort keys of its last row. */
export const encodeCursor = (keys: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url')

/**
 * @param shape one check per key
 * @throws Problem `invalid_request` for anything that we did not make
 */
export function decodeCursor<T>(cursor: string | undefined, read: (keys: unknown[]) => T | null): T | null {
  if (cursor === undefined) return null
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const found = Array.isArray(keys) ? read(keys) : null
    if (found !== null) return found
  } catch {
    // not ours
  }
  throw new Problem('invalid_request', { errors: [{ path: 'querystring.cursor', message: 'is not a cursor' }] })
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)

const FIRST_MS = Date.parse('0001-01-01T00:00:00Z')
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** Milliseconds since 1970 of a date that PostgreSQL reads as we write it. */
export const isMs = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= FIRST_MS && Number(value) <= LAST_MS

/**
 * Microseconds since 1970 of an instant that PostgreSQL itself filled in. A `Date` has milliseconds: as the key of a page
 * it would lie before its own row, and the rows between them would be missing or come twice.
 */
export const microsOf = (column: PgColumn): SQL<number> =>
  sql<number>`(extract(epoch from ${column}) * 1000000)::float8`

/** What `microsOf` gives, within 285 years of 1970. */
export const isMicros = (value: unknown): value is number => Number.isSafeInteger(value)

/** The instant again, exactly. */
export const fromMicros = (micros: number): SQL =>
  sql`(timestamptz 'epoch' + ${micros}::float8 * interval '1 microsecond')`

/** A number of things, as a column of PostgreSQL holds it. */
export const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31
