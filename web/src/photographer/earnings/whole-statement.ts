import { STATEMENT_PAGE, statement, type Statement } from '@pix/contracts/earnings.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { call } from '../../base/api.ts'

/** A time of which somebody reads their statement. */
export interface StatementOf {
  party: PayeeParty
  /** Of which days, and of which studio. */
  range: { from: string; to: string; studio?: string }
}

export type WholeStatement = Omit<Statement, 'nextCursor'>

/** Pages of a statement as one: the sums are those that the last page knows, each seal stands once. */
export function joinPages(pages: readonly Statement[]): WholeStatement {
  const { nextCursor: _none, ...last } = pages.at(-1)!
  const seals = new Map(pages.flatMap(page => page.seals).map(seal => [seal.number, seal]))
  return { ...last, lines: pages.flatMap(page => page.lines), seals: [...seals.values()] }
}

/** Reads every line of a statement, page by page, the oldest first. */
export async function readWhole({ party, range }: StatementOf, limit = STATEMENT_PAGE): Promise<WholeStatement> {
  const pages: Statement[] = []
  let cursor: string | null = null
  do {
    const query = { ...range, limit, ...(cursor !== null && { cursor }) }
    const page: Statement = await call(statement, { params: { party }, query })
    pages.push(page)
    cursor = page.nextCursor
  } while (cursor !== null)
  return joinPages(pages)
}
