import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { simulateSplit } from './simulate-split.ts'
import { PRESET_SHARES } from './split-rules.ts'

const sold = fc.array(
  fc.record({ net: fc.nat(100_000), count: fc.nat(500), hasOrganizer: fc.boolean(), isPayee: fc.boolean() }),
)
const shares = fc.tuple(fc.nat(10_000), fc.nat(10_000), fc.nat(10_000)).map(cuts => {
  const [a, b, c] = cuts.sort((x, y) => x - y) as [number, number, number]
  return { platformBp: a, studioBp: b - a, photographerBp: c - b, organizerBp: 10_000 - c }
})

test('a simulated rule pays out exactly what was sold, whatever its shares', () => {
  fc.assert(
    fc.property(sold, shares, fc.boolean(), (photos, rule, isHouse) => {
      const parts = simulateSplit(photos, rule, isHouse)
      const paid = Object.values(parts).reduce((sum, part) => sum + part, 0)
      expect(paid).toBe(photos.reduce((sum, { net, count }) => sum + net * count, 0))
      expect(isHouse && parts.studio > 0).toBe(false)
    }),
  )
})

test('ten photos of 62 baht by the standard split pay 186, 310 and 124 baht; without an organizer that part is the platform’s', () => {
  const of = { net: 6_200, count: 10, isPayee: true }
  expect(simulateSplit([{ ...of, hasOrganizer: true }], PRESET_SHARES.standard, true)).toEqual({
    platform: 18_600,
    studio: 0,
    photographer: 31_000,
    organizer: 12_400,
  })
  expect(simulateSplit([{ ...of, hasOrganizer: false }], PRESET_SHARES.standard, true).platform).toBe(31_000)
})
