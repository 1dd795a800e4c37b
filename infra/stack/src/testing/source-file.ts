import { createRequire } from 'node:module'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from '../base/paths.ts'

interface ScriptBlock {
  content: string
  loc: { start: { line: number } }
}
/** Vue is a library of the web, and this package's no dependency. */
const { parse } = createRequire(join(ROOT, 'web/package.json'))('vue/compiler-sfc') as {
  parse: (source: string) => { descriptor: { script: ScriptBlock | null; scriptSetup: ScriptBlock | null } }
}

/** The scripts of a component, each at the line where it stands. */
function scriptsOf(component: string): string {
  const { script, scriptSetup } = parse(component).descriptor
  const blocks = [script, scriptSetup].filter(block => block !== null)
  return blocks
    .toSorted((a, b) => a.loc.start.line - b.loc.start.line)
    .reduce((text, { content, loc }) => {
      const missing = loc.start.line - text.split('\n').length
      return text + '\n'.repeat(Math.max(missing, 0)) + content
    }, '')
}

/**
 * A source file as TypeScript reads it.
 *
 * @param file its name says whether it is a component
 */
export const readSource = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(
    file,
    file.endsWith('.vue') ? scriptsOf(text) : text,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TS,
  )

/** All nodes below this one that are of a kind, in the order of the text. */
export function nodesOf<T extends ts.Node>(root: ts.Node, isWanted: (node: ts.Node) => node is T): T[] {
  const found: T[] = []
  const walk = (node: ts.Node): void => {
    if (isWanted(node)) found.push(node)
    node.forEachChild(walk)
  }
  root.forEachChild(walk)
  return found
}
