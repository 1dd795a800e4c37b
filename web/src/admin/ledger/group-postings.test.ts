import type { LedgerLine } from '@pix/contracts/revenue.ts'
import { expect, test } from 'vitest'
import { groupPostings } from './group-postings.ts'

const line = (postingId: string, id: string) => ({ postingId, id, kind: 'sale' }) as LedgerLine

test('entries stand under their posting, in the order in which they came, also over the edge of a page', () => {
  const pages = [[line('a', '1'), line('a', '2'), line('b', '3')], [line('b', '4')], [line('c', '5')]]
  const shown = groupPostings(pages.flat()).map(({ postingId, entries }) => [postingId, entries.map(({ id }) => id)])
  expect(shown).toEqual([
    ['a', ['1', '2']],
    ['b', ['3', '4']],
    ['c', ['5']],
  ])
  expect(groupPostings([])).toEqual([])
})
