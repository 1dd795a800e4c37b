import { sql, type SQL } from 'drizzle-orm'
import type { Queryable } from '../client.ts'

/** How rows are written down to be hashed. Another set of fields is another number; old seals keep theirs. */
export const FORMAT = 1

/** A row as it is hashed. */
export interface SealableRow {
  position: number
  id: string
  /** When the row says that it was written, as milliseconds since 1970. */
  atMs: number
  /** Every field of the row, of FORMAT. */
  fields: Record<string, unknown>
}

interface Kind {
  table: string
  sequence: string
  /** The row's fields as `jsonb`. */
  fields: SQL
}

/** PostgreSQL writes instants to the microsecond; a `Date` would lose three digits. */
const instantText = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** What is sealed. Its rows are append only, and have a `position` by `next_position`, an `id` and a `created_at`. */
export const SEALED_KINDS = {
  audit: {
    table: 'audit_events',
    sequence: 'audit_events_position_seq',
    fields: sql`jsonb_build_object(
      'id', id, 'position', position, 'actorId', actor_id, 'studioId', studio_id, 'action', action, 'subject', subject,
      'ip', host(ip), 'device', device, 'before', before, 'after', after, 'detail', detail,
      'at', ${instantText(sql.raw('created_at'))}
    )`,
  },
} as const satisfies Record<string, Kind>
export type SealedKind = keyof typeof SEALED_KINDS

/** Rows that are read at once. */
const BATCH = 2_000

/** The rows of these positions, both included, in their order. */
export async function* rowsBetween(
  db: Queryable,
  kind: SealedKind,
  first: number,
  last: number,
): AsyncGenerator<SealableRow> {
  const { table, fields } = SEALED_KINDS[kind]
  for (let from = first; from <= last;) {
    const { rows } = await db.execute<{
      position: string
      id: string
      at: string
      fields: Record<string, unknown>
    }>(sql`
      select position, id, extract(epoch from created_at) * 1000 as at, ${fields} as fields from ${sql.identifier(table)}
      where position between ${from} and ${last} order by position limit ${BATCH}`)
    for (const { position, id, at, fields: told } of rows)
      yield { position: Number(position), id, atMs: Number(at), fields: told }
    if (rows.length < BATCH) return
    from = Number(rows.at(-1)!.position) + 1
  }
}
