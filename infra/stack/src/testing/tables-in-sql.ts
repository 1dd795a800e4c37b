import { loadModule, parseSync } from 'libpg-query'
import ts from 'typescript'
import { nodesOf, readSource } from './source-file.ts'

await loadModule()

/** What a statement says that is in the template of a `sql` tag. */
export interface ReadTemplate {
  text: string
  /** Tables that it names, in lower case unless quoted; null when PostgreSQL's parser reads it as no part of a statement. */
  tables: string[] | null
}

/** A template is often a part of a statement: these are the places where a part can stand. */
const PLACES: ((part: string) => string)[] = [
  part => part,
  part => `select ${part}`,
  part => `select 1 where ${part}`,
  part => `select 1 from ${part}`,
  part => `select 1 from somewhere ${part}`,
  part => `select 1 order by ${part}`,
  part => `insert into somewhere values (1) ${part}`,
  part => `update somewhere set ${part}`,
  part => `select 1 = ${part}`,
  part => `select case ${part} end`,
]
/** What may stand where a template has `${…}`. A `sql` tag inside it is read by itself. */
const FILLINGS = ['hole', '(select 1)', '=', 'when true then 1', '']
/** Parts with more holes are filled alike in all of them. */
const MOST_MIXED = 5

/** Every template of a `sql` tag in a source file, also one inside another. */
export function readTemplates(source: string): ReadTemplate[] {
  const templates = nodesOf(readSource('a.ts', source), ts.isTaggedTemplateExpression)
  return templates
    .filter(({ tag }) => ts.isIdentifier(tag) && tag.text === 'sql')
    .map(({ template }) => readTemplate(template))
}

function readTemplate(template: ts.TemplateLiteral): ReadTemplate {
  const pieces = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template.text]
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]
  const text = pieces.join('${…}')
  for (const fillings of waysToFill(pieces.length - 1)) {
    const filled = pieces.map((piece, i) => piece + (fillings[i] ?? '')).join('')
    for (const place of PLACES) {
      const tree = parseOrNull(place(filled))
      if (tree !== null) return { text, tables: tablesOf(tree) }
    }
  }
  return { text, tables: null }
}

/** All holes alike first; then every mixture. */
function* waysToFill(holes: number): Generator<string[]> {
  for (const filling of FILLINGS) yield Array.from({ length: holes }, () => filling)
  if (holes > MOST_MIXED) return
  for (let n = 0; n < FILLINGS.length ** holes; n += 1)
    yield Array.from({ length: holes }, (_, i) => FILLINGS[Math.floor(n / FILLINGS.length ** i) % FILLINGS.length]!)
}

function parseOrNull(statement: string): unknown {
  try {
    return parseSync(statement)
  } catch {
    return null
  }
}

/** Names of relations anywhere in a parsed statement, without those that it makes itself by `with`. */
function tablesOf(tree: unknown): string[] {
  const [named, made] = [new Set<string>(), new Set<string>()]
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, value] of Object.entries(node)) {
      if (key === 'relname') named.add(String(value))
      else if (key === 'ctename') made.add(String(value))
      else walk(value)
    }
  }
  walk(tree)
  return [...named].filter(name => !made.has(name))
}
