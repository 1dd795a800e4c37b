import { expect, test } from 'vitest'
import { documentNumber, saleDocumentKind } from './document-content.ts'

test('a seller without VAT gives a receipt to every kind of buyer', () => {
  expect(saleDocumentKind('none', 50_000, true)).toBe('receipt')
  expect(saleDocumentKind('none', 50_000, false)).toBe('receipt')
})

test('a registered seller gives a tax invoice: in full to whom it is made out, else abbreviated', () => {
  expect(saleDocumentKind('registered', 50_000, true)).toBe('tax_invoice')
  expect(saleDocumentKind('registered', 50_000, false)).toBe('abbreviated_tax_invoice')
})

test('an agent who earns nothing of a sale has nothing to tax: a receipt', () => {
  expect(saleDocumentKind('registered', 0, true)).toBe('receipt')
})

test('a number says kind, month and count', () => {
  expect(documentNumber('abbreviated_tax_invoice', '2026-11', 42)).toBe('AT202611-00042')
  expect(documentNumber('credit_note', '2027-01', 123_456)).toBe('CN202701-123456')
})
