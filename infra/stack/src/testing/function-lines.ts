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

export interface CountedFunction {
  name: string
  /** Of the file, where the function begins. */
  line: number
  /** Its own, as counted by `countFunctions`. */
  lines: number
}

/** As many lines make a function inside another one that counts by itself; a shorter one is part of the other. */
const MEMBER_LINES = 3

/**
 * Each function of a source file with the lines that are its own: from the line where it begins to the line where it ends,
 * without the lines of its members. Members are the functions of three lines or more inside it, which count by themselves, the
 * routes (`app.route(…)`) that it lists, and the constraints that the callback of a `pgTable` lists. The setup of a component is
 * no function here: the limit of its file holds it.
 *
 * @param file its name says whether it is a component
 */
export function countFunctions(file: string, text: string): CountedFunction[] {
  const source = ts.createSourceFile(
    file,
    file.endsWith('.vue') ? scriptsOf(text) : text,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TS,
  )
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line
  const linesOf = (node: ts.Node) => lineOf(node.end) - lineOf(node.getStart(source)) + 1
  const isMember = (node: ts.Node) =>
    (isFunction(node) && linesOf(node) >= MEMBER_LINES) || isRoute(node) || isConstraint(node)
  const counted: CountedFunction[] = []
  /** @returns how many lines of the node are of members */
  const walk = (node: ts.Node): number => {
    let members = 0
    node.forEachChild(child => {
      members += walk(child)
    })
    if (isFunction(node))
      counted.push({
        name: nameOf(node),
        line: lineOf(node.getStart(source)) + 1,
        lines: linesOf(node) - members,
      })
    return isMember(node) ? linesOf(node) : members
  }
  source.forEachChild(node => void walk(node))
  return counted
}

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined

const calls = (node: ts.Node, name: string): boolean =>
  ts.isCallExpression(node) &&
  (ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText()) === name

const isRoute = (node: ts.Node): boolean => calls(node, 'route')

/** A member of the array that the last argument of a `pgTable` gives. */
function isConstraint(node: ts.Node): boolean {
  const list = node.parent
  return ts.isArrayLiteralExpression(list) && ts.isArrowFunction(list.parent) && calls(list.parent.parent, 'pgTable')
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  const named = node.name ?? (node.parent as { name?: ts.Node } | undefined)?.name
  return named?.getText() ?? ''
}
