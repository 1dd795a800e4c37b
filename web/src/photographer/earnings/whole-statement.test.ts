import type { Statement } from '@pix/contracts/earnings.ts'
import { baht } from '@pix/contracts/common.ts'
import { expect, test } from 'vitest'
import { statementRows } from './statement-rows.ts'
import { joinPages } from './whole-statement.ts'

type Line = Statement['lines'][number]
const line = (fileName: string, seal: number): Line => ({
  at: '2026-11-26T06:30:00.000Z',
  kind: 'sale',
  orderNumber: 'PIX-1',
  event: null,
  photo: { id: fileName, fileName },
  price: baht(6_000),
  rateBp: 5_000,
  amount: baht(3_000),
  payout: null,
  correction: null,
  proof: { entry: '', entryPath: [], posting: '', postingPath: [], seal },
})
const sealOf = (number: number) => ({ number }) as Statement['seals'][number]
const page = (lines: Line[], numbers: number[], closing: number): Statement => ({
  party: 'photographer',
  name: 'A',
  from: '2026-11-01',
  to: '2026-11-30',
  opening: baht(0),
  closing: baht(closing),
  lineCount: 3,
  lines,
  nextCursor: null,
  seals: numbers.map(sealOf),
})

test('pages are one statement: every line in order, each seal once, the sums of the last page', () => {
  const whole = joinPages([page([line('a', 1), line('b', 2)], [1, 2], 6_000), page([line('c', 2)], [2], 9_000)])
  expect(whole.lines.map(({ photo }) => photo?.fileName)).toEqual(['a', 'b', 'c'])
  expect(whole.seals.map(({ number }) => number)).toEqual([1, 2])
  expect(whole.closing.amount).toBe(9_000)
  expect(whole).not.toHaveProperty('nextCursor')
})

test('its file has a row for each line between the opening and the closing sum, with as many cells as it has columns', () => {
  const payout: Line = {
    ...line('', 1),
    kind: 'payout',
    photo: null,
    amount: baht(-120_000),
    payout: { number: 'PO-2026-000012', withheld: baht(3_600), net: baht(116_400) },
  }
  const correction = { reference: 'L-7', reason: 'sold under another name' }
  const corrected: Line = { ...line('', 1), kind: 'correction', photo: null, orderNumber: null, correction }
  const rows = statementRows(joinPages([page([line('a', 1), payout, corrected], [1], 0)]), key => key)
  expect(rows.map(row => row.length)).toEqual([13, 13, 13, 13, 13, 13])
  expect(rows[2]![0]).toBe('2026-11-26 13:30')
  expect(rows[3]!.slice(7)).toEqual([-1200, 'PO-2026-000012', 36, 1164, '', 1])
  expect([rows[4]![2], rows[4]!.slice(11)]).toEqual(['L-7', ['sold under another name', 1]])
})
