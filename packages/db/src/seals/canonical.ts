import canonicalize from 'canonicalize'
import { type SQL, sql } from 'drizzle-orm'

/** Canonical JSON (RFC 8785): the same fields are always the same bytes. */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('what is sealed has no JSON')
  return text
}

/** SQL: PostgreSQL writes instants to the microsecond; a `Date` would lose three digits. */
export const instantText = (column: string): SQL =>
  sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
