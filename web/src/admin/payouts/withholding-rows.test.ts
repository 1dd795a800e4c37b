import { expect, test } from 'vitest'
import { withholdingRows } from './withholding-rows.ts'

const say = (key: string) => key.replace('paying.', '')
const thb = (amount: number) => ({ amount, currency: 'THB' as const })

test('the report has the columns of the form, a row for each certificate, and sums in baht', () => {
  const line = {
    date: '2026-11-26',
    number: 'WT202611-00007',
    name: 'สมชาย ใจดี',
    address: 'เชียงใหม่',
    taxId: '1101700230708',
    income: 'service' as const,
    rateBp: 300,
    paid: thb(120_000),
    withheld: thb(3_600),
  }
  const [head, row, sums] = withholdingRows([line], say)
  expect(head).toHaveLength(11)
  expect(row).toEqual([
    1,
    '1-1017-00230-70-8',
    'สมชาย ใจดี',
    'เชียงใหม่',
    '2026-11-26',
    'income.service',
    3,
    1_200,
    36,
    1,
    'WT202611-00007',
  ])
  expect(sums!.slice(7, 9)).toEqual([1_200, 36])
})
