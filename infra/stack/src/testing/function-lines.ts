import ts from 'typescript'
import { readSource } from './source-file.ts'

export interface CountedFunction {
  name: string
  /** The line of the file at which the function begins. */
  line: number
  /** Its own, as counted by `countFunctions`. */
  lines: number
}

/** As many lines make a member that counts by itself; a shorter one is part of the function around it. */
const MEMBER_LINES = 3

/**
 * Each function of a source file with the lines that are its own: from the line where it begins to the line where it ends,
 * without the lines of its members. Members are the functions of three lines or more inside it that have a name or are
 * returned, which count by themselves, the routes (`app.route(…)`) that it lists, and the constraints that the callback of a
 * `pgTable` lists. A callback counts with the function that it stands in. The setup of a component is no function here: the
 * limit of its file holds it (docs/decisions/0071).
 *
 * @param file its name says whether it is a component
 */
export function countFunctions(file: string, text: string): CountedFunction[] {
  const source = readSource(file, text)
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line
  const linesOf = (node: ts.Node) => lineOf(node.end) - lineOf(node.getStart(source)) + 1
  const isMember = (node: ts.Node) =>
    (isFunction(node) && isNamedOrReturned(node) && linesOf(node) >= MEMBER_LINES) ||
    isRoute(node) ||
    isConstraint(node)
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

/** Declared, of a class, held by a constant, or returned; also as a part of an object that is held or returned. */
function isNamedOrReturned(node: ts.Node): boolean {
  if (ts.isFunctionDeclaration(node) || ts.isClassLike(node.parent)) return true
  let [part, around] = [node, node.parent]
  while (isPartOfValue(around)) [part, around] = [around, around.parent]
  return ts.isVariableDeclaration(around) || ts.isReturnStatement(around) || isBodyOf(part, around)
}

const isPartOfValue = (node: ts.Node): boolean =>
  ts.isObjectLiteralExpression(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isParenthesizedExpression(node) ||
  ts.isSatisfiesExpression(node) ||
  ts.isAsExpression(node)

const isBodyOf = (part: ts.Node, around: ts.Node): boolean => ts.isArrowFunction(around) && around.body === part

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
