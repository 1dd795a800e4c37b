import type { Db } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'
import ts from 'typescript'
import { nodesOf, readSource } from './source-file.ts'

/** A table as PostgreSQL knows it. */
interface Table {
  name: string
  columns: { name: string; type: string; nullable: boolean }[]
  /** Keys, checks, foreign keys and unique constraints, as PostgreSQL writes them. */
  constraints: { name: string; rule: string }[]
  indexes: string[]
  triggers: { name: string; what: string }[]
  policies: { name: string; role: string; what: string }[]
}

/** What the schema's source says of a table and of its columns, by their names in the database. */
export interface TableWords {
  file: string
  about: string
  columns: Map<string, string>
}

/** Every table of a database. What belongs to a constraint is not an index besides. */
export async function readTables(db: Db): Promise<Table[]> {
  const { rows } = await db.execute<{ table: Table }>(sql`
    select json_build_object(
      'name', t.relname,
      'columns', (
        select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull) order by a.attnum)
        from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped),
      'constraints', (
        select coalesce(json_agg(json_build_object('name', c.conname, 'rule', pg_get_constraintdef(c.oid)) order by c.contype desc, c.conname), '[]')
        from pg_constraint c where c.conrelid = t.oid and c.contype in ('p', 'u', 'f', 'c', 'x')),
      'indexes', (
        select coalesce(json_agg(pg_get_indexdef(i.indexrelid) order by i.indexrelid::regclass::text), '[]')
        from pg_index i where i.indrelid = t.oid and not exists (select from pg_constraint c where c.conindid = i.indexrelid)),
      'triggers', (
        select coalesce(json_agg(json_build_object('name', g.tgname, 'what', pg_get_triggerdef(g.oid)) order by g.tgname), '[]')
        from pg_trigger g where g.tgrelid = t.oid and not g.tgisinternal),
      'policies', (
        select coalesce(json_agg(json_build_object('name', p.policyname, 'role', array_to_string(p.roles, ', '), 'what', p.qual) order by p.policyname), '[]')
        from pg_policies p where p.schemaname = 'public' and p.tablename = t.relname)
    ) as table
    from pg_class t
    where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace
    order by t.relname`)
  return rows.map(({ table }) => table)
}

/** The types of which a column has one of some words. */
export async function readWordTypes(db: Db): Promise<{ name: string; values: string[] }[]> {
  const { rows } = await db.execute<{ name: string; values: string[] }>(sql`
    select t.typname as name, json_agg(e.enumlabel order by e.enumsortorder) as values
    from pg_type t join pg_enum e on e.enumtypid = t.oid
    where t.typnamespace = 'public'::regnamespace
    group by t.typname order by t.typname`)
  return rows
}

/** The docstrings of the tables that a file of the schema declares, and of their columns. */
export function readTableWords(file: string, text: string): Map<string, TableWords> {
  const source = readSource(file, text)
  const found = new Map<string, TableWords>()
  for (const call of nodesOf(source, ts.isCallExpression)) {
    const [name, columns] = call.arguments
    if (call.expression.getText() !== 'pgTable' || !name || !ts.isStringLiteral(name)) continue
    const declared = columns && ts.isObjectLiteralExpression(columns) ? [...columns.properties] : []
    const of = declared.filter(ts.isPropertyAssignment).map(column => [columnName(column), docOf(column)] as const)
    found.set(name.text, { file, about: docOf(statementOf(call)), columns: new Map(of) })
  }
  return found
}

/** As it is given, `instant('expires_at')`; else its name in the code with underscores. */
function columnName(column: ts.PropertyAssignment): string {
  const given = nodesOf(column, ts.isCallExpression).find(
    ({ expression, arguments: [first] }) => ts.isIdentifier(expression) && first && ts.isStringLiteral(first),
  )
  const [first] = given?.arguments ?? []
  if (first && ts.isStringLiteral(first)) return first.text
  return column.name.getText().replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

const statementOf = (node: ts.Node): ts.Node => (ts.isVariableStatement(node) ? node : statementOf(node.parent))

const docOf = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** The tables as a document, by the file of the schema that declares them. */
export function writeTables(tables: readonly Table[], words: ReadonlyMap<string, TableWords>): string {
  const files = [...new Set(tables.map(({ name }) => words.get(name)?.file ?? ''))].sort()
  const parts = files.flatMap(file => [
    `## ${file.replace(/\.ts$/, '') || 'Others'}`,
    ...tables.filter(({ name }) => (words.get(name)?.file ?? '') === file).map(table => writeTable(table, words)),
  ])
  return parts.join('\n\n')
}

/** The types of words as a section of the document. */
export const writeWordTypes = (types: readonly { name: string; values: string[] }[]): string =>
  ['## Types', ...types.map(({ name, values }) => `- ${name}: ${values.join(', ')}`)].join('\n').replace('\n', '\n\n')

function writeTable(table: Table, words: ReadonlyMap<string, TableWords>): string {
  const said = words.get(table.name)
  const rows = table.columns.map(
    ({ name, type, nullable }) =>
      `| ${name} | ${type}${nullable ? ', or null' : ''} | ${cell(said?.columns.get(name))} |`,
  )
  const rules = [
    ...table.constraints.map(({ name, rule }) => `- ${name}: \`${oneLine(rule)}\``),
    ...table.indexes.map(index => `- \`${oneLine(index.replace('public.', ''))}\``),
    ...table.triggers.map(
      ({ name, what }) => `- ${name}: \`${oneLine(what.replace(/^CREATE (CONSTRAINT )?TRIGGER \S+ /, ''))}\``,
    ),
    ...table.policies.map(({ name, role, what }) => `- policy ${name} for ${role}: \`${oneLine(what ?? 'insert')}\``),
  ]
  return [
    `### ${table.name}`,
    ...(said?.about ? [said.about] : []),
    ['| Column | Type | |', '|---|---|---|', ...rows].join('\n'),
    rules.join('\n'),
  ].join('\n\n')
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('`', "'")
const cell = (text = ''): string => text.replaceAll('|', '\\|')
