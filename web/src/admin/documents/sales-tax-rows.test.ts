import { expect, test } from 'vitest'
import { salesTaxRows } from './sales-tax-rows.ts'

const baht = (amount: number) => ({ amount, currency: 'THB' as const })
const line = {
  date: '2026-11-26',
  number: 'TX202611-00001',
  kind: 'tax_invoice' as const,
  buyer: 'A Co.',
  taxId: '0994000158378',
  branch: '00000',
  base: baht(46_729),
  vat: baht(3_271),
  replacedBy: null,
}

test('every document has a row with its sums to the satang, a void one says so, and credit notes take off', () => {
  const rows = salesTaxRows(
    [
      line,
      { ...line, number: 'AT202611-00001', base: baht(0), vat: baht(0), replacedBy: 'TX202611-00001' },
      { ...line, number: 'CN202611-00001', kind: 'credit_note', base: baht(-5_607), vat: baht(-393) },
    ],
    (key, values) => [key, ...Object.values(values ?? {})].join(' '),
  )
  expect(rows.map(row => row.length)).toEqual([9, 9, 9, 9, 9])
  expect(rows[1]!.slice(0, 8)).toEqual([
    1,
    '2026-11-26',
    'TX202611-00001',
    'A Co.',
    '0-9940-00158-37-8',
    'papers.headOffice',
    467.29,
    32.71,
  ])
  expect(rows[2]![8]).toBe('papers.void TX202611-00001')
  expect(rows[3]!.slice(6, 8)).toEqual([-56.07, -3.93])
  expect(rows[4]!.slice(6, 8)).toEqual([411.22, 28.78])
})
