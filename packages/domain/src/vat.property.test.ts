import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { vatIncluded, vatTakenBack } from './vat.ts'

const satang = fc.integer({ min: 0, max: 10 ** 13 })

test('base and tax are whole satang, add up to the price, and the tax is 7/107 of it to half a satang', () => {
  fc.assert(
    fc.property(satang, total => {
      const { base, vat } = vatIncluded(total)
      expect(base + vat).toBe(total)
      expect(vat).toBeGreaterThanOrEqual(0)
      expect(base).toBeGreaterThanOrEqual(0)
      const error = BigInt(vat) * 107n - BigInt(total) * 7n
      expect(error <= 53n && error >= -53n).toBe(true)
    }),
  )
})

test('a higher price never has less tax', () => {
  fc.assert(
    fc.property(satang, fc.nat(1_000), (total, more) => {
      expect(vatIncluded(total + more).vat).toBeGreaterThanOrEqual(vatIncluded(total).vat)
    }),
  )
})

test('the taxes of all pieces that are taken back add up to the tax of the price, and none is negative', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 }), pieces => {
      let left = pieces.reduce((sum, piece) => sum + piece, 0)
      const whole = vatIncluded(left)
      const parts = pieces.map(piece => {
        const part = vatTakenBack(left, piece)
        left -= piece
        expect(part.base + part.vat).toBe(piece)
        expect(part.vat).toBeGreaterThanOrEqual(0)
        expect(part.base).toBeGreaterThanOrEqual(0)
        return part
      })
      expect(parts.reduce((sum, part) => sum + part.vat, 0)).toBe(whole.vat)
      expect(parts.reduce((sum, part) => sum + part.base, 0)).toBe(whole.base)
    }),
  )
})

test('prices of the shop are divided as an accountant divides them', () => {
  expect(vatIncluded(50_000)).toEqual({ total: 50_000, base: 46_729, vat: 3_271 })
  expect(vatIncluded(6_000)).toEqual({ total: 6_000, base: 5_607, vat: 393 })
  expect(vatIncluded(10_700)).toEqual({ total: 10_700, base: 10_000, vat: 700 })
  expect(vatIncluded(1)).toEqual({ total: 1, base: 1, vat: 0 })
})

test('what is no amount, or more than is left, is refused', () => {
  expect(() => vatIncluded(-1)).toThrow(RangeError)
  expect(() => vatIncluded(1.5)).toThrow(RangeError)
  expect(() => vatTakenBack(5, 6)).toThrow(RangeError)
})
