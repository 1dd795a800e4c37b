import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupTaxId, isTaxId } from './tax-id.ts'

const twelve = fc.stringMatching(/^\d{12}$/)
const withCheck = (digits: string) => {
  const found = [...'0123456789'].filter(check => isTaxId(digits + check))
  expect(found).toHaveLength(1)
  return digits + found[0]
}

test('known tax ids are good, and one with another check digit is not', () => {
  expect(isTaxId('0107537000521')).toBe(true)
  expect(isTaxId('0994000158378')).toBe(true)
  expect(isTaxId('0107537000522')).toBe(false)
})

test('every twelve digits have exactly one check digit', () => {
  fc.assert(fc.property(twelve, digits => void withCheck(digits)))
})

test('one wrong digit is found unless it changes the sum by a multiple of 11 or between 10 and 0', () => {
  fc.assert(
    fc.property(twelve, fc.nat(11), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const good = withCheck(digits)
      const changed = good.slice(0, at) + ((Number(good[at]) + by) % 10) + good.slice(at + 1)
      const moved = ((Number(changed[at]) - Number(good[at])) * (13 - at)) % 11
      if (Math.abs(moved) > 0 && !['0', '1'].includes(good[12]!)) expect(isTaxId(changed)).toBe(false)
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
