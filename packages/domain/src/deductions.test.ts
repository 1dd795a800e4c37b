import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { deductions } from './deductions.ts'

const line = fc.record({
  price: fc.nat(5_000_000),
  vatBp: fc.constantFrom(0, 700),
  feeBp: fc.constantFrom(0, 165, 2_000),
})

test('VAT of an order is rounded once, as on its invoice, and is the sum of its lines', () => {
  const prices = fc.array(fc.nat(5_000_000), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(prices, given => {
      const total = given.reduce((sum, price) => sum + price, 0)
      const off = deductions(given.map(price => ({ price, vatBp: 700, feeBp: 0 })))
      expect(off.reduce((sum, { vat }) => sum + vat, 0)).toBe(Math.round((total * 7) / 107))
    }),
  )
})

test('what comes off a line is within a satang of its exact part and never more than its price', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), lines => {
      for (const [at, { vat, fee }] of deductions(lines).entries()) {
        const { price, vatBp, feeBp } = lines[at]!
        expect(Math.abs(vat - (price * vatBp) / (10_000 + vatBp))).toBeLessThan(1)
        expect(fee - (price * feeBp) / 10_000).toBeLessThan(1)
        expect(vat + fee).toBeLessThanOrEqual(price)
        expect(Math.min(vat, fee)).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})

test('60 baht with 7 % VAT and a fee of 1.65 % lose 3.93 and 0.99 baht', () => {
  expect(deductions([{ price: 6_000, vatBp: 700, feeBp: 165 }])).toEqual([{ vat: 393, fee: 99 }])
})

test('the fee gives way where VAT and fee of a satang would both be rounded up', () => {
  const satang = Array.from({ length: 15 }, () => ({ price: 1, vatBp: 700, feeBp: 2_000 }))
  expect(deductions(satang).slice(0, 3)).toEqual([
    { vat: 1, fee: 0 },
    { vat: 0, fee: 1 },
    { vat: 0, fee: 1 },
  ])
})
