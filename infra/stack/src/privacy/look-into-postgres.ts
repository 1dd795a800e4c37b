import type { Db } from '@pix/db/client.ts'
import { isOverAlert } from '@pix/db/over-alerts.ts'
import { facesUntil, letterUntil } from '@pix/db/retention.ts'
import { alertFaces } from '@pix/db/schema/alert-faces.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { keptFaces, objections } from '@pix/db/schema/objections.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { KEPT } from '../../../../packages/domain/src/retention.ts'
import { eq, isNull, type SQL, sql } from 'drizzle-orm'
import { BIOMETRIC_COLUMNS, OTHER_COLUMNS } from './known-columns.ts'
import { type Fault, type Findings, type Kind, NUMBER_LIST, SLACK_MS } from './report.ts'

/** Types that an embedding fits into, whatever schema or domain they are behind. */
const HOLDS_NUMBERS = [
  'bytea',
  '_float4',
  '_float8',
  '_numeric',
  '_int2',
  '_int4',
  '_bytea',
  'vector',
  'halfvec',
  'cube',
]

interface Column extends Record<string, unknown> {
  schema: string
  table: string
  column: string
  /** The type, or the one that a domain is of. */
  type: string
  /** The role that looks may read the table. */
  readable: boolean
}

/** Their sweep runs every hour. */
const LETTERS_SLACK_MS = 2 * 3_600_000

/** The migrations' own list: hashes of files. */
const NOT_READ = 'drizzle.__drizzle_migrations'

/**
 * Every table and materialized view of the database is found in its catalogue. Columns of bytes or of many numbers must
 * be known; columns of JSON and text are searched for rows of numbers.
 */
export async function lookIntoPostgres(
  db: Db,
  { now, facesDays, lettersDays }: { now: Date; facesDays: number; lettersDays: number },
): Promise<Findings> {
  const columns = await listColumns(db)
  const known = new Set<string>([...BIOMETRIC_COLUMNS, ...Object.keys(OTHER_COLUMNS)])
  const faults: Fault[] = columns
    .filter(
      ({ schema, type, ...one }) => HOLDS_NUMBERS.includes(type) && !(schema === 'public' && known.has(nameOf(one))),
    )
    .map(({ schema, type, ...one }) => ({
      store: 'postgres',
      what: `unknown column ${schema}.${nameOf(one)} of type ${type}: say in known-columns.ts what it holds`,
    }))
  const hidden = columns.filter(({ readable }) => !readable).map(({ schema, table }) => `${schema}.${table}`)
  for (const name of new Set(hidden))
    if (name !== NOT_READ) faults.push({ store: 'postgres', what: `table ${name} may not be read` })
  for (const column of columns)
    if (column.readable && ['json', 'jsonb', 'text', 'varchar'].includes(column.type))
      faults.push(...(await searchForNumbers(db, column)))
  const { rows: large } = await db.execute<{ n: number }>(sql`select count(*)::int as n from pg_largeobject_metadata`)
  if (large[0]!.n > 0)
    faults.push({ store: 'postgres', what: `${large[0]!.n} large objects: nobody has said what they are` })
  return { kinds: [...(await countKinds(db, now, facesDays)), await countLetters(db, now, lettersDays)], faults }
}

const nameOf = ({ table, column }: { table: string; column: string }) => `${table}.${column}`

async function listColumns(db: Db): Promise<Column[]> {
  const { rows } = await db.execute<Column>(sql`
    with recursive base as (
      select oid, oid as leaf, typname, typbasetype from pg_type
      union all
      select base.oid, t.oid, t.typname, t.typbasetype from base join pg_type t on t.oid = base.typbasetype
    )
    select n.nspname as schema, c.relname as table, a.attname as column, base.typname as type,
      has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as readable
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'm', 'f')
    join pg_namespace n on n.oid = c.relnamespace and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname not like 'pg\_toast%'
    join base on base.oid = a.atttypid and base.typbasetype = 0
    where a.attnum > 0 and not a.attisdropped
    order by 1, 2, 3`)
  return rows
}

/** Only rows long enough for it are read. */
async function searchForNumbers(db: Db, { schema, table, column }: Column): Promise<Fault[]> {
  const text = sql`${sql.identifier(column)}::text`
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from ${sql.identifier(schema)}.${sql.identifier(table)}
    where length(${text}) > 200 and ${text} ~* ${NUMBER_LIST}`)
  const n = rows[0]!.n
  return n === 0
    ? []
    : [{ store: 'postgres', what: `${n} rows of ${table}.${column} hold rows of numbers like an embedding` }]
}

async function countKinds(db: Db, now: Date, facesDays: number): Promise<Kind[]> {
  const at = (ms: number) => new Date(now.getTime() - ms)
  const madeAt = sql<Date>`coalesce(${photos.processedAt}, ${photos.createdAt})`
  const isDue = sql`${facesUntil(facesDays)} < ${at(SLACK_MS)}`
  const [ofFaces] = await db
    .select(counted(madeAt, isDue))
    .from(faces)
    .innerJoin(photos, eq(photos.id, faces.photoId))
    .innerJoin(events, eq(events.id, faces.eventId))
  const isOver = sql`(${isDue} or ${objections.endedAt} < ${at(SLACK_MS)})`
  const [keptOfObjectors] = await db
    .select(counted(objections.askedAt, isOver))
    .from(keptFaces)
    .innerJoin(objections, eq(objections.id, keptFaces.objectionId))
    .innerJoin(events, eq(events.id, keptFaces.eventId))
  const resultsMs = KEPT.resultsDays * 86_400_000
  const isOld = sql`${searches.createdAt} < ${at(resultsMs + SLACK_MS)}`
  const [results] = await db
    .select(counted(searches.createdAt, isOld))
    .from(searchMatches)
    .innerJoin(searches, eq(searches.id, searchMatches.searchId))
  const isLate = sql`${searches.createdAt} < ${at(KEPT.selfieMinutes * 60_000)}`
  const [selfies] = await db
    .select(counted(searches.createdAt, isLate))
    .from(searches)
    .where(isNull(searches.selfieDeletedAt))
  const kept = `until the event's date, else ${facesDays} days after it`
  return [
    kindOf('faces.embedding', kept, ofFaces!),
    kindOf('faces.landmarks', kept, ofFaces!),
    kindOf('kept_faces.embedding', kept, keptOfObjectors!),
    await countAlertFaces(db, now, facesDays),
    kindOf('search_matches', `${KEPT.resultsDays} days`, results!),
    kindOf('searches with a selfie', `${KEPT.selfieMinutes} minutes`, selfies!),
  ]
}

/** Faces that new photos are compared with: overdue after the sale, once one was found, and where nobody confirms. */
async function countAlertFaces(db: Db, now: Date, facesDays: number): Promise<Kind> {
  const at = (ms: number) => new Date(now.getTime() - ms)
  const isOver = isOverAlert(at(SLACK_MS), facesDays)
  const unconfirmedSince = at(KEPT.unconfirmedDays * 86_400_000 + LETTERS_SLACK_MS)
  const isUnconfirmed = sql`(${eventAlerts.confirmedAt} is null and ${eventAlerts.askedAt} < ${unconfirmedSince})`
  const isDone = sql`(${eventAlerts.foundAt} is not null or ${eventAlerts.email} is null)`
  const [faces] = await db
    .select(counted(eventAlerts.askedAt, sql`(${isOver} or ${isUnconfirmed} or ${isDone})`))
    .from(alertFaces)
    .innerJoin(eventAlerts, eq(eventAlerts.id, alertFaces.alertId))
    .innerJoin(events, eq(events.id, alertFaces.eventId))
  return kindOf('alert_faces.embedding', 'until the sale of the event ends', faces!)
}

/** Letters that were sent or given up: each has an address, and is about somebody. */
async function countLetters(db: Db, now: Date, days: number): Promise<Kind> {
  const isDue = sql`${letterUntil(days)} < ${new Date(now.getTime() - LETTERS_SLACK_MS)}`
  const [letters] = await db
    .select(counted(outgoingMail.createdAt, isDue))
    .from(outgoingMail)
    .where(isNull(outgoingMail.nextTryAt))
  return kindOf('outgoing_mail', `${days} days`, letters!)
}

const counted = (
  madeAt:
    | SQL<Date>
    | typeof searches.createdAt
    | typeof objections.askedAt
    | typeof eventAlerts.askedAt
    | typeof outgoingMail.createdAt,
  isOverdue: SQL,
) => ({
  count: sql<number>`count(*)::int`,
  oldest: sql<string | null>`to_char(min(${madeAt}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  overdue: sql<number>`(count(*) filter (where ${isOverdue}))::int`,
})

const kindOf = (kind: string, kept: string, counts: Pick<Kind, 'count' | 'oldest' | 'overdue'>): Kind => ({
  store: 'postgres',
  kind,
  kept,
  ...counts,
})
