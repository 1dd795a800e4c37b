import { STATEMENT_PAGE, statement, type Statement } from '@pix/contracts/earnings.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { call } from '../../base/api.ts'
import { eachPage } from '../../base/each-page.ts'

/** Which statement: of whom, and for which days. */
export interface StatementOf {
  party: PayeeParty
  /** The days, and the studio where only one is wanted. */
  range: { from: string; to: string; studio?: string }
}

export type WholeStatement = Omit<Statement, 'nextCursor'>

/** Joins the pages of a statement: the sums are those of the last page, and each seal is listed once. */
export function joinPages(pages: readonly Statement[]): WholeStatement {
  const { nextCursor: _none, ...last } = pages.at(-1)!
  const seals = new Map(pages.flatMap(page => page.seals).map(seal => [seal.number, seal]))
  return { ...last, lines: pages.flatMap(page => page.lines), seals: [...seals.values()] }
}

/** Reads every line of a statement, page by page, the oldest first. */
export async function readWhole({ party, range }: StatementOf, limit = STATEMENT_PAGE): Promise<WholeStatement> {
  const pages: Statement[] = []
  const ask = (cursor: string | undefined) =>
    call(statement, { params: { party }, query: { ...range, limit, ...(cursor && { cursor }) } })
  for await (const page of eachPage(ask)) pages.push(page)
  return joinPages(pages)
}
