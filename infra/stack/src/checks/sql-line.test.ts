import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { readTemplates } from '../testing/tables-in-sql.ts'

const API = join(ROOT, 'services/api/src')
const SCHEMA = join(ROOT, 'packages/db/src/schema')

interface Line {
  /** Low to high. */
  FEATURES: string[]
  /** By file of tables: the feature whose they are. */
  SCHEMAS: Record<string, string>
  /** Files of the tables that the face-worker may name. */
  FACE_WORKER_SCHEMAS: string[]
}
const { FEATURES, SCHEMAS, FACE_WORKER_SCHEMAS } = (await import(join(ROOT, '.dependency-cruiser.mjs'))) as Line

/** The file of packages/db/src/schema that a table stands in, by the table's name in the database. */
const schemaOf = new Map(
  readdirSync(SCHEMA).flatMap(file =>
    [...readFileSync(join(SCHEMA, file), 'utf8').matchAll(/pgTable\(\s*'(\w+)'/g)].map(
      ([, name]) => [name!, basename(file, '.ts')] as const,
    ),
  ),
)
/** The place in the line of a table's feature; a table of everybody's is below all. */
const rankOf = (table: string) => FEATURES.indexOf(SCHEMAS[schemaOf.get(table) ?? ''] ?? '')

/** Tables of features above this one that a template reads or writes by name. */
function tablesAbove(feature: string, source: string): string[] {
  const rank = FEATURES.indexOf(feature)
  return readTemplates(source)
    .flatMap(({ tables }) => tables ?? [])
    .filter(name => rankOf(name) > rank)
}

/** Tables that a template names and the face-worker may not know. */
const beyondFaceWorker = (source: string): string[] =>
  readTemplates(source)
    .flatMap(({ tables }) => tables ?? [])
    .filter(name => schemaOf.has(name) && !FACE_WORKER_SCHEMAS.includes(schemaOf.get(name)!))

/** Templates that PostgreSQL's parser cannot read although a table may stand in them. */
const unread = (source: string): string[] =>
  readTemplates(source)
    .filter(({ tables, text }) => tables === null && /\b(from|join|into|update|using|table|only)\b/i.test(text))
    .map(({ text }) => text)

const sourcesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !/(\.test|testing)\.ts$/.test(name))
    .map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

/** A feature that is still to come has its place in the line and no folder. */
const sources = FEATURES.filter(feature => existsSync(join(API, feature))).flatMap(feature =>
  sourcesIn(join(API, feature)).map(({ name, text }) => ({ feature, file: join(feature, name), text })),
)
const faceWorker = sourcesIn(join(ROOT, 'services/face-worker/src'))

test('no statement written by hand names a table of a feature above its own', () => {
  const found = sources.filter(({ feature, text }) => tablesAbove(feature, text).length > 0)
  expect(schemaOf.size).toBeGreaterThan(20)
  expect(sources.flatMap(({ text }) => readTemplates(text)).length).toBeGreaterThan(200)
  expect(found.map(({ file }) => file)).toEqual([])
})

test('no statement of the face-worker names a table that it may not know', () => {
  const found = faceWorker.filter(({ text }) => beyondFaceWorker(text).length > 0)
  expect(faceWorker.flatMap(({ text }) => readTemplates(text)).length).toBeGreaterThan(20)
  expect(found.map(({ name }) => name)).toEqual([])
})

test.each(['orders', 'refunds', 'payout_lines', 'carts', 'outgoing_mail'])('a planted fault is found: %s', table => {
  expect(schemaOf.has(table)).toBe(true)
  const source = `sql\`select from photos where exists (select 1 from ${table} where true)\``
  expect(beyondFaceWorker(source)).toEqual([table])
})

test('every statement written by hand is one that the parser reads', () => {
  const named = sources.map(({ file, text }) => ({ name: file, text }))
  expect([...named, ...faceWorker].flatMap(({ name, text }) => unread(text).map(part => `${name}: ${part}`))).toEqual(
    [],
  )
  expect(unread('sql`select ${a} from photos left outer ${b} join of`')).toHaveLength(1)
})

test.each([
  ['a condition', 'sql`exists (select 1 from order_lines where true)`'],
  ['a join over several lines', 'sql<number>`select 1 from photos p\n  join orders o on o.id = p.id`'],
  ['a delete', 'db.execute(sql`delete from payments`)'],
  ['a quoted name', 'sql`update "orders" set total = 0`'],
  ['a list with commas', 'sql`select 1 from photos, orders where true`'],
  ['a delete that looks elsewhere', 'sql`delete from photos using orders where orders.id = photos.id`'],
  ['a merge', 'sql`merge into orders using photos on true when matched then do nothing`'],
  ['a statement inside a statement', 'sql`select ${wanted ? sql`(select 1 from orders)` : sql`null`} from photos`'],
  ['a statement in a plain template inside one', 'sql`select ${`${sql`(select 1 from orders)`}`} from photos`'],
  ['a table behind a comment', 'sql`select 1 from /* of a buyer */ orders`'],
  ['a schema before the name', 'sql`select 1 from public.orders`'],
  ['a second statement', 'sql`select 1; lock table orders`'],
  ['a name of `with` that reads it', 'sql`with sold as (select 1 from orders) select 1 from sold`'],
  ['an insert', 'sql`insert into orders (id) select id from photos`'],
  ['values in the place of tables', 'sql`select 1 from ${events} join orders on ${events.id} = ${id} order by ${at}`'],
])('a planted fault is found: %s', (_, source) => {
  expect(tablesAbove('catalogue/photos', source)).toHaveLength(1)
  expect(tablesAbove('money/refunds', source)).toEqual([])
})

test('words outside statements, in comments, in strings and after a dot are no tables', () => {
  const sound = [
    "sql`select 1 from photos, events`; throw new Error('from orders')",
    "sql`select 'from orders' from photos -- from orders`",
    'sql`select extract(epoch from orders) from photos`',
    'sql`with orders as (select 1 from photos) select 1 from orders`',
  ]
  for (const source of sound) expect(tablesAbove('catalogue/photos', source)).toEqual([])
})
