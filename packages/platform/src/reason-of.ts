const LONGEST = 200
const ADDRESS = /[^\s<>"'(),;:@]+@[^\s<>"'(),;:@]+/g
/** Phone numbers, account numbers and the like. */
const NUMBER = /\d(?:[\s-]?\d){7,}/g

/**
 * Why something failed, as admins read it: the innermost message, without the values of a statement, addresses or long
 * numbers in it.
 */
export function reasonOf(error: unknown): string {
  let inner = error
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  const said = inner instanceof Error ? `${inner.name}: ${inner.message}` : String(inner)
  const line = said.split('\n', 1)[0]!.replace(/\bparams: .*/, '')
  return line.replace(ADDRESS, '…@…').replace(NUMBER, '…').slice(0, LONGEST).trim()
}
