import type { InboxKind, InboxLine, listInbox as contract } from '@pix/contracts/inbox.ts'
import { INBOX_COUNTED } from '@pix/contracts/inbox.ts'
import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { inboxTakes } from '@pix/db/schema/inbox.ts'
import { asc, desc, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../base/context.ts'
import { decodeCursor, encodeCursor, fromMicros, isId, isMicros } from '../../base/cursor.ts'
import { KINDS, openLines } from './kinds.ts'

type Query = z.output<typeof contract.schema.querystring>
type Answer = z.output<(typeof contract.schema.response)[200]>

interface LineRow extends Record<string, unknown> {
  kind: InboxKind
  id: string
  since: string
  micros: number
  takerId: string | null
  takerName: string | null
  takenAt: string | null
}

/** What needs a person, by (since, id). */
export async function listLines({ db }: Pick<Context, 'db'>, query: Query): Promise<Answer> {
  const after = decodeCursor(query.cursor, ([at, id]) => (isMicros(at) && isId(id) ? { at, id } : null))
  const [further, by] = query.first === 'oldest' ? ([sql.raw('>'), asc] as const) : ([sql.raw('<'), desc] as const)
  const { rows: found } = await db.execute<LineRow>(sql`
    select lines.kind, lines.id, lines.since, (extract(epoch from lines.since) * 1000000)::float8 as micros,
      ${users.id} as "takerId", ${users.name} as "takerName", ${inboxTakes.takenAt} as "takenAt"
    from ${openLines(db, query.kind)}
    left join ${inboxTakes} on ${inboxTakes.kind} = lines.kind and ${inboxTakes.itemId} = lines.id
    left join ${users} on ${users.id} = ${inboxTakes.userId}
    where ${after === null ? sql`true` : sql`(lines.since, lines.id) ${further} (${fromMicros(after.at)}, ${after.id}::uuid)`}
    order by ${by(sql`lines.since`)}, ${by(sql`lines.id`)}
    limit ${query.limit + 1}`)
  const rows = found.slice(0, query.limit)
  const last = found.length > rows.length ? rows.at(-1) : undefined
  return { items: await describe(db, rows), nextCursor: last ? encodeCursor([last.micros, last.id]) : null }
}

/** Each kind is asked once for all its lines. A row that was deleted meanwhile is no line. */
async function describe(db: Queryable, rows: readonly LineRow[]): Promise<InboxLine[]> {
  const kinds = [...new Set(rows.map(({ kind }) => kind))]
  const about = new Map(
    await Promise.all(
      kinds.map(async kind => {
        const ids = rows.filter(row => row.kind === kind).map(({ id }) => id)
        return [kind, await KINDS[kind].describe(db, ids)] as const
      }),
    ),
  )
  return rows.flatMap(({ kind, id, since, takerId, takerName, takenAt }) => {
    const known = about.get(kind)?.get(id)
    if (known === undefined) return []
    const taken =
      takerId === null || takenAt === null
        ? null
        : { by: { id: takerId, name: takerName ?? '' }, at: new Date(takenAt).toISOString() }
    return [{ kind, id, since: new Date(since).toISOString(), taken, about: known } as InboxLine]
  })
}

/** How many lines there are, counted up to a most. */
export async function countLines({ db }: Pick<Context, 'db'>): Promise<{ count: number }> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from (select 1 from ${openLines(db)} limit ${INBOX_COUNTED}) as counted`)
  return { count: rows[0]?.count ?? 0 }
}

/** How many lines of each kind there are; kinds without one are left out. */
export async function countByKind({ db }: { db: Queryable }): Promise<{ kind: InboxKind; count: number }[]> {
  const { rows } = await db.execute<{ kind: InboxKind; count: number }>(sql`
    select lines.kind, count(*)::int as count from ${openLines(db)} group by lines.kind order by lines.kind`)
  return rows
}
