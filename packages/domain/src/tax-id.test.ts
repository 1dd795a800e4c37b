import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupTaxId, isJuristicTaxId, isTaxId } from './tax-id.ts'

const twelve = fc.stringMatching(/^\d{12}$/)
const checksOf = (digits: string) => Array.from('0123456789').filter(check => isTaxId(digits + check))

test('known tax ids are good, and one with another check digit is not', () => {
  expect(isTaxId('0107537000521')).toBe(true)
  expect(isTaxId('0994000158378')).toBe(true)
  expect(isTaxId('0107537000522')).toBe(false)
})

test('every twelve digits have exactly one check digit', () => {
  fc.assert(fc.property(twelve, digits => void expect(checksOf(digits)).toHaveLength(1)))
})

/** The third digit weighs 11, so that it never counts. */
const counted = fc.nat(11).filter(at => at !== 2)

test('one wrong digit that counts is found, but where two sums give the same check digit', () => {
  fc.assert(
    fc.property(twelve, counted, fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const [check] = checksOf(digits)
      fc.pre(check !== '0' && check !== '1')
      const wrong = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1)
      expect(isTaxId(wrong + check)).toBe(false)
    }),
  )
})

test('anything but 13 digits is none', () => {
  for (const text of ['', '010753700052', '01075370005211', '0-1075-37000-52-1', '๐๑๐๗๕๓๗๐๐๐๕๒๑'])
    expect(isTaxId(text)).toBe(false)
})

test('it is grouped as the Revenue Department writes it', () => {
  expect(groupTaxId('0107537000521')).toBe('0-1075-37000-52-1')
})

test('a number that begins with 0 is of a company, also where a citizen’s ends with 0', () => {
  expect(isJuristicTaxId('0107537000521')).toBe(true)
  expect(isJuristicTaxId('1101700203450')).toBe(false)
})
