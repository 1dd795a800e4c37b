import ts from 'typescript'
import { nodesOf, readSource } from './source-file.ts'

/** Types of what a use case is given to work with. */
const CONTEXT = /^(\w*Context|Joining|InTx|\w*Deps)$/

/** `Context`, `Joining<'log'>`, `Pick<Context, 'now'>`, `Context & { … }`. */
function isContextType(type: ts.TypeNode | undefined): boolean {
  if (!type) return false
  if (ts.isIntersectionTypeNode(type)) return type.types.some(isContextType)
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false
  const { text } = type.typeName
  return CONTEXT.test(text) || (/^(Pick|Omit|Partial|Readonly)$/.test(text) && isContextType(type.typeArguments?.[0]))
}

/** What adds to the server says first to which. */
const isServer = ({ type }: ts.ParameterDeclaration): boolean => type?.getText() === 'FastifyInstance'

const isContext = ({ name, type }: ts.ParameterDeclaration): boolean =>
  isContextType(type) || (ts.isIdentifier(name) && name.text === 'ctx')

/** Parameter lists in which something stands before the context, each as it is written. */
export function contextsNotFirst(file: string, text: string): string[] {
  // Most files have no context, and need not be parsed.
  if (!/\bctx\b|Context\b|Deps\b|\bJoining\b|\bInTx\b/.test(text)) return []
  return nodesOf(readSource(file, text), ts.isFunctionLike)
    .map(({ parameters }) => parameters.filter(parameter => !isServer(parameter)))
    .filter(parameters => parameters.findIndex(isContext) > 0)
    .map(parameters => parameters.map(parameter => parameter.getText()).join(', '))
}
