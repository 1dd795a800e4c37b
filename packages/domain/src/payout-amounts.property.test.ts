import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { payoutAmounts, USUAL_WITHHOLDING_BP } from './payout-amounts.ts'

const terms = fc.record({
  isJuristicPayer: fc.boolean(),
  isVatRegistered: fc.boolean(),
  withholdingBp: fc.integer({ min: 0, max: 1_500 }),
  threshold: fc.integer({ min: 0, max: 10 ** 7 }),
})

test('what is withheld and what is transferred are whole satang that add up to what is owed, and something is transferred', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 13 }), terms, (gross, given) => {
      const { base, withheld, net } = payoutAmounts(gross, given)
      expect(withheld + net).toBe(gross)
      expect(net).toBeGreaterThan(0)
      expect(withheld).toBeGreaterThanOrEqual(0)
      expect(base).toBeLessThanOrEqual(gross)
      const error = BigInt(withheld) * 10_000n - BigInt(base) * BigInt(given.withholdingBp)
      const isDue = given.isJuristicPayer && base >= given.threshold
      expect(isDue ? error > -5_000n && error <= 5_000n : withheld === 0).toBe(true)
    }),
  )
})

test('tax is withheld by a juristic payer, from the threshold on, on the amount before VAT', () => {
  const usual = {
    isJuristicPayer: true,
    isVatRegistered: false,
    withholdingBp: USUAL_WITHHOLDING_BP,
    threshold: 100_000,
  }
  expect(payoutAmounts(100_000, usual)).toEqual({ gross: 100_000, base: 100_000, withheld: 3_000, net: 97_000 })
  expect(payoutAmounts(99_999, usual)).toMatchObject({ withheld: 0, net: 99_999 })
  expect(payoutAmounts(100_000, { ...usual, isJuristicPayer: false })).toMatchObject({ withheld: 0, net: 100_000 })
  // 1,070.00 with VAT is 1,000.00 before it: 30.00 are withheld.
  expect(payoutAmounts(107_000, { ...usual, isVatRegistered: true })).toEqual({
    gross: 107_000,
    base: 100_000,
    withheld: 3_000,
    net: 104_000,
  })
  expect(payoutAmounts(106_999, { ...usual, isVatRegistered: true })).toMatchObject({ withheld: 0 })
})
