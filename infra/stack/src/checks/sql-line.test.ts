import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'

const API = join(ROOT, 'services/api/src')
const SCHEMA = join(ROOT, 'packages/db/src/schema')

interface Line {
  /** Low to high. */
  FEATURES: string[]
  /** By file of tables: the feature whose they are. */
  SCHEMAS: Record<string, string>
}
const { FEATURES, SCHEMAS } = (await import(join(ROOT, '.dependency-cruiser.mjs'))) as Line

/** The place in the line of each table's feature, by the table's name in the database. */
const rankOf = new Map(
  readdirSync(SCHEMA).flatMap(file => {
    const owner = SCHEMAS[basename(file, '.ts')]
    const tables = [...readFileSync(join(SCHEMA, file), 'utf8').matchAll(/pgTable\(\s*'(\w+)'/g)]
    return owner === undefined ? [] : tables.map(([, name]) => [name!, FEATURES.indexOf(owner)] as const)
  }),
)

/** Statements written by hand: what stands in the template of a `sql` tag. */
const templatesIn = (source: string): string[] =>
  [...source.matchAll(/\bsql(?:<[^>`]*>)?`((?:[^`\\]|\\.)*)`/gs)].map(([, text]) => text!)

/** Tables of features above this one that a template reads or writes by name. */
function tablesAbove(feature: string, source: string): string[] {
  const rank = FEATURES.indexOf(feature)
  return templatesIn(source).flatMap(text =>
    [...text.matchAll(/\b(?:from|join|into|update|table)\s+(?:only\s+)?"?(\w+)"?/gi)]
      .map(([, name]) => name!.toLowerCase())
      .filter(name => (rankOf.get(name) ?? -1) > rank),
  )
}

test('no statement written by hand names a table of a feature above its own', () => {
  // A feature that is still to come has its place in the line and no folder.
  const found = FEATURES.filter(feature => existsSync(join(API, feature))).flatMap(feature =>
    readdirSync(join(API, feature), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts') && !/(\.test|testing)\.ts$/.test(name))
      .map(name => join(feature, name))
      .filter(name => tablesAbove(feature, readFileSync(join(API, name), 'utf8')).length > 0),
  )
  expect(rankOf.size).toBeGreaterThan(20)
  expect(found).toEqual([])
})

test('a planted fault is found, in any clause and in a template over several lines', () => {
  const planted = [
    'sql`exists (select 1 from order_lines where true)`',
    'sql<number>`select 1 from photos p\n  join orders o on o.id = p.id`',
    'db.execute(sql`delete from payments`)',
    'sql`update "orders" set total = 0`',
  ]
  for (const source of planted) expect(tablesAbove('catalogue/photos', source)).toHaveLength(1)
  expect(tablesAbove('money/payments', planted.join('\n'))).toEqual([])
  expect(tablesAbove('catalogue/photos', "sql`select 1 from photos, events`; throw new Error('from orders')")).toEqual(
    [],
  )
})
