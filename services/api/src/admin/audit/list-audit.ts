import { type AuditLine, type listAudit as contract, SYSTEM_ACTOR } from '@pix/contracts/audit.ts'
import type { LocalText } from '@pix/contracts/common.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, desc, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { withinDays } from '../../base/bangkok-days.ts'
import type { Context } from '../../base/context.ts'
import { decodeCursor, encodeCursor, fromMicros, isId, isMicros, microsOf } from '../../base/cursor.ts'

type Query = z.output<typeof contract.schema.querystring>

/** What staff and the system did, newest first, by (createdAt, id). */
export async function listAudit(
  { db }: Pick<Context, 'db'>,
  query: Query,
): Promise<z.output<(typeof contract.schema.response)[200]>> {
  const after = decodeCursor(query.cursor, ([at, id]) => (isMicros(at) && isId(id) ? { at, id } : null))
  const found = await db
    .select({ line: auditEvents, name: users.name, email: users.email, micros: microsOf(auditEvents.createdAt) })
    .from(auditEvents)
    .leftJoin(users, eq(users.id, auditEvents.actorId))
    .where(
      and(
        query.actor === undefined ? undefined : isBy(query.actor),
        query.action === undefined ? undefined : isActionIn(query.action),
        query.studio === undefined ? undefined : eq(auditEvents.studioId, query.studio),
        query.subject === undefined ? undefined : eq(auditEvents.subject, query.subject),
        withinDays(auditEvents.createdAt, query),
        after === null
          ? undefined
          : sql`(${auditEvents.createdAt}, ${auditEvents.id}) < (${fromMicros(after.at)}, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(query.limit + 1)
  const rows = found.slice(0, query.limit)
  const names = await namesOf(
    { db },
    rows.map(row => row.line.subject),
  )
  const items = rows.map(({ line, name, email }): AuditLine => ({
    id: line.id,
    at: line.createdAt.toISOString(),
    actor: line.actorId === null ? null : { id: line.actorId, name, email },
    action: line.action,
    subject: line.subject,
    subjectName: names.get(line.subject) ?? null,
    studioId: line.studioId,
    from: line.ip === null ? null : { ip: line.ip, device: line.device ?? '' },
    before: line.before,
    after: line.after,
    detail: line.detail,
  }))
  const last = found.length > rows.length ? rows.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor([last.micros, last.line.id]) : null }
}

/** A part of a name or an e-mail address, in the form in which events are looked for, too. */
function isBy(actor: string): SQL | undefined {
  if (actor === SYSTEM_ACTOR) return isNull(auditEvents.actorId)
  const holds = (column: typeof users.name | typeof users.email) =>
    sql`search_form(${column}) like '%' || escape_like(search_form(${actor}::text)) || '%'`
  return or(holds(users.name), holds(users.email))
}

/** The action itself, or all that begin with these words. */
const isActionIn = (words: string): SQL =>
  sql`(${auditEvents.action} = ${words} or starts_with(${auditEvents.action}, ${`${words}.`}))`

const EVENT = 'event:'

/** The names of the events among the subjects. */
async function namesOf({ db }: Pick<Context, 'db'>, subjects: readonly string[]): Promise<Map<string, LocalText>> {
  const ids = subjects.filter(subject => subject.startsWith(EVENT)).map(subject => subject.slice(EVENT.length))
  const known = [...new Set(ids.filter(isId))]
  if (known.length === 0) return new Map()
  const rows = await db
    .select({ id: events.id, th: events.nameTh, en: events.nameEn })
    .from(events)
    .where(inArray(events.id, known))
  return new Map(rows.map(({ id, th, en }) => [EVENT + id, { th, en }]))
}
