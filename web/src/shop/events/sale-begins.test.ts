import { expect, test } from 'vitest'
import { saleBegins } from './sale-begins.ts'

const salesStart = '2026-11-20T03:00:00.000Z'
const before = Date.parse('2026-11-19T00:00:00Z')
const after = Date.parse('2026-11-21T00:00:00Z')

test('before the sale begins its beginning is shown, not its end', () => {
  expect(saleBegins({ status: 'on_sale', salesStart, onSaleNow: false }, before)).toBe(salesStart)
})

test('a sale that ended, was closed or runs is not announced', () => {
  expect(saleBegins({ status: 'on_sale', salesStart, onSaleNow: false }, after)).toBeNull()
  expect(saleBegins({ status: 'closed', salesStart, onSaleNow: false }, before)).toBeNull()
  expect(saleBegins({ status: 'on_sale', salesStart, onSaleNow: true }, after)).toBeNull()
  expect(saleBegins({ status: 'on_sale', salesStart: null, onSaleNow: false }, before)).toBeNull()
})
