import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'
import { readTemplates } from '../testing/tables-in-sql.ts'

// A feature names no table of a feature above it (dependency rules, sql-line.test.ts). Here: nor does it have one read
// by a function of packages/db. And which tables base and http, which lie below all features, read.

const DB = 'packages/db/src/'
const API = 'services/api/src/'
const { FEATURES, SCHEMAS } = (await import(join(ROOT, '.dependency-cruiser.mjs'))) as {
  FEATURES: string[]
  SCHEMAS: Record<string, string>
}

/** The audit finds the studio of any subject, for everybody. */
const OF_ALL = `${DB}append-audit.ts`

type Texts = ReadonlyMap<string, string>

const texts: Texts = new Map(
  committedFiles()
    .filter(file => file.endsWith('.ts') && (file.startsWith(DB) || file.startsWith(API)))
    .filter(file => !/(\.test|testing)\.ts$|\/testing\//.test(file))
    .map(file => [file, readFileSync(join(ROOT, file), 'utf8')]),
)

/** The file of tables that a table stands in, by its name in the database. */
const schemaOf = new Map(
  readdirSync(join(ROOT, DB, 'schema')).flatMap(file =>
    [...readFileSync(join(ROOT, DB, 'schema', file), 'utf8').matchAll(/pgTable\(\s*'(\w+)'/g)].map(
      ([, table]) => [table!, basename(file, '.ts')] as const,
    ),
  ),
)

/** What a file imports of packages/db and of the api. */
const importsOf = (file: string, text: string): string[] =>
  [...text.matchAll(/from '(@pix\/db\/|\.{1,2}\/)([^']+)'/g)].map(([, from, path]) =>
    from === '@pix/db/' ? DB + path! : join(dirname(file), from!, path!),
  )

const tablesOf = (file: string): string | undefined => new RegExp(`^${DB}schema/([\\w-]+)\\.ts$`).exec(file)?.[1]

/** Files of tables that a function of packages/db reads, by itself or by another one. */
function readBy(file: string, all: Texts, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const text = all.get(file) ?? ''
  const written = readTemplates(text).flatMap(({ tables }) => (tables ?? []).map(table => schemaOf.get(table) ?? ''))
  const imported = importsOf(file, text)
    .filter(path => path.startsWith(DB))
    .flatMap(path => tablesOf(path) ?? readBy(path, all, seen))
  return [...written, ...imported]
}

const rankOf = (schema: string): number => FEATURES.indexOf(SCHEMAS[schema] ?? '')

/** Where a file of a feature has tables of a feature above it read: `file: function's file: tables`. */
function readUpwards(all: Texts): string[] {
  return [...all].flatMap(([file, text]) => {
    const rank = FEATURES.findIndex(feature => file.startsWith(`${API}${feature}/`))
    if (rank < 0) return []
    return importsOf(file, text)
      .filter(path => path.startsWith(DB) && tablesOf(path) === undefined && path !== OF_ALL)
      .flatMap(path =>
        readBy(path, all).flatMap(tables => (rankOf(tables) > rank ? `${file}: ${path}: ${tables}` : [])),
      )
  })
}

test('no function of packages/db reads for a feature what lies above it', () => {
  expect(texts.size).toBeGreaterThan(700)
  expect(readUpwards(texts)).toEqual([])
})

test('a planted fault is found: a table imported, named in a statement, and read by another function', () => {
  const user = `${API}catalogue/photos/list.ts`
  const importing = "import { orders } from './schema/orders.ts'"
  const stating = 'export const held = sql`select 1 from refunds`'
  const planted = (text: string, more: [string, string][] = []): Texts =>
    new Map([[user, "import { held } from '@pix/db/held.ts'"], [`${DB}held.ts`, text], ...more])
  expect(readUpwards(planted(importing))).toEqual([`${user}: ${DB}held.ts: orders`])
  expect(readUpwards(planted(stating))).toEqual([`${user}: ${DB}held.ts: refunds`])
  const through = planted("import { a } from './a.ts'", [[`${DB}a.ts`, importing]])
  expect(readUpwards(through)).toEqual([`${user}: ${DB}held.ts: orders`])
  expect(readUpwards(planted("import { events } from './schema/events.ts'"))).toEqual([])
})

test('base and http read tables of people, what may be downloaded after a code, and who organizes an event', () => {
  const read = [...texts]
    .filter(([file]) => /^services\/api\/src\/(base|http)\//.test(file))
    .flatMap(([file, text]) => importsOf(file, text).map(path => ({ file, tables: tablesOf(path) ?? '' })))
    .filter(({ tables }) => rankOf(tables) >= FEATURES.indexOf('catalogue/events'))
    .map(({ file, tables }) => `${file.slice(API.length)}: ${tables}`)
  expect(read).toEqual(['base/caller.ts: entitlements', 'base/standing.ts: events'])
})
