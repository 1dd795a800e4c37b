import { REFUND_REASONS, SALES_DOCUMENT_KINDS } from '@pix/domain/words.ts'
import { expect, test } from 'vitest'
import { dateOf, figures, LABELS, reasonOf, titleOf } from './document-words.ts'

test('every kind has a title, and one without VAT speaks neither of tax nor of a credit note', () => {
  for (const kind of SALES_DOCUMENT_KINDS) expect(titleOf({ kind, taxable: 1 }).join(' ')).not.toBe('')
  for (const kind of ['receipt', 'credit_note'] as const)
    expect(titleOf({ kind, taxable: 0 }).join(' ')).not.toMatch(/ภาษี|tax|ลดหนี้|credit/i)
})

test('a day is that of Thailand, in both eras', () => {
  expect(dateOf('2026-11-26T16:59:59Z')).toEqual(['26 พฤศจิกายน 2569', '26 November 2026'])
  expect(dateOf('2026-11-26T17:00:00Z')).toEqual(['27 พฤศจิกายน 2569', '27 November 2026'])
})

test('amounts have their satang, and thousands are separated', () => {
  expect([0, 5, 31_007, 100_000_000, -6_000].map(figures)).toEqual(['0.00', '0.05', '310.07', '1,000,000.00', '-60.00'])
})

test('every reason of a refund has words, and labels have both languages', () => {
  for (const reason of REFUND_REASONS) expect(reasonOf(reason).every(text => text !== '')).toBe(true)
  for (const [th, en] of Object.values(LABELS)) {
    expect(th).toMatch(/[ก-๙]/)
    expect(en).not.toMatch(/[ก-๙]/)
  }
})
