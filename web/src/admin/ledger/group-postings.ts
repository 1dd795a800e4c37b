import type { LedgerLine } from '@pix/contracts/revenue.ts'

/** A posting with its entries, which come one after another. */
export interface Posting extends Pick<LedgerLine, 'postingId' | 'position' | 'at' | 'kind' | 'orderNumber'> {
  entries: LedgerLine[]
}

/** Entries in the order of posting, by their posting. The last may lack entries that the next page brings. */
export function groupPostings(lines: readonly LedgerLine[]): Posting[] {
  const postings: Posting[] = []
  for (const line of lines) {
    const last = postings.at(-1)
    if (last?.postingId === line.postingId) last.entries.push(line)
    else {
      const { postingId, position, at, kind, orderNumber } = line
      postings.push({ postingId, position, at, kind, orderNumber, entries: [line] })
    }
  }
  return postings
}
