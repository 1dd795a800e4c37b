import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignBands, EXPECTED_WRONG } from './bands.ts'
import { CALIBRATIONS, distanceForExpectedWrong, falseMatchRate, sameProbability } from './calibrate.ts'
import { randomNormal, randomSource } from '../index/testing.ts'

const CALIBRATION = CALIBRATIONS['face-api']
const apart = fc.double({ min: 0, max: 0.8, noNaN: true })
const match = fc
  .record({ photoId: fc.constantFrom('a', 'b', 'c', 'd', 'e'), atFirst: apart, apart, n: fc.nat(1000) })
  .map(({ n, ...rest }) => ({ ...rest, faceId: `face-${n}` }))
const matches = fc.uniqueArray(match, { selector: ({ photoId, faceId }) => `${photoId} ${faceId}` })
const faceCount = fc.integer({ min: 0, max: 2_000_000 })
const order = ['sure', 'likely', 'maybe']
const at = (distance: number, photoId = 'a') => ({ photoId, faceId: `${photoId}1`, atFirst: distance, apart: distance })

describe('bands', () => {
  it('shows every photo once, by its best face, best band first and nearest first in a band', () => {
    fc.assert(
      fc.property(matches, faceCount, (matches, faceCount) => {
        const banded = assignBands(matches, faceCount, CALIBRATION)
        const photos = new Set(matches.map(({ photoId }) => photoId))
        expect(banded.map(({ photoId }) => photoId).sort()).toEqual([...photos].sort())
        for (const { photoId, apart } of banded) {
          const others = matches.filter(other => other.photoId === photoId)
          expect(apart).toBe(Math.min(...others.map(other => other.apart)))
        }
        const ranks = banded.map(({ band }) => order.indexOf(band))
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
        for (const band of order) {
          const confidences = banded.filter(one => one.band === band).map(({ confidence }) => confidence)
          expect(confidences).toEqual(confidences.toSorted((a, b) => b - a))
        }
      }),
    )
  })

  it('gives the same answer whatever the order of the matches', () => {
    fc.assert(
      fc.property(matches, faceCount, (matches, faceCount) => {
        expect(assignBands(matches.toReversed(), faceCount, CALIBRATION)).toEqual(
          assignBands(matches, faceCount, CALIBRATION),
        )
      }),
    )
  })

  it.each([
    { own: 0, faceCount: 300, atMost: 0.06, atLeast: 0.02 },
    { own: 4, faceCount: 3_000, atMost: 0.3, atLeast: 0.15 },
    { own: 4, faceCount: 30_000, atMost: 0.3, atLeast: 0.15 },
    { own: 30, faceCount: 3_000, atMost: 0.55, atLeast: 0.35 },
  ])('shows as many strangers as it says to who is in $own photos, among $faceCount faces', given => {
    const random = randomSource(given.faceCount)
    const { offset, slope } = CALIBRATION.falseMatch
    const searches = 2_000
    const wrong = { sure: 0, likely: 0, maybe: 0 }
    const mine = Array.from({ length: given.own }, (_, n) => at(0.2, `own${n}`))
    for (let search = 0; search < searches; search += 1) {
      // Strangers by the curve itself; their number within the bound varies as chance has it.
      const within = falseMatchRate(0.6, CALIBRATION) * given.faceCount
      const count = Math.max(0, Math.round(within + Math.sqrt(within) * randomNormal(random)))
      const strangers = Array.from({ length: count }, (_, n) =>
        at((Math.log(falseMatchRate(0.6, CALIBRATION) * (1 - random())) - offset) / slope, `p${n}`),
      )
      for (const { photoId, band } of assignBands([...mine, ...strangers], given.faceCount, CALIBRATION)) {
        if (photoId.startsWith('p')) wrong[band] += 1
      }
    }
    expect(wrong.sure / searches).toBeLessThan(EXPECTED_WRONG.sure * 1.5)
    expect((wrong.sure + wrong.likely) / searches).toBeLessThan(given.atMost)
    expect((wrong.sure + wrong.likely) / searches).toBeGreaterThan(given.atLeast)
  })

  it('keeps below what the specification allows', () => {
    expect(EXPECTED_WRONG.sure).toBeLessThanOrEqual(0.05)
    expect(EXPECTED_WRONG.likely).toBeLessThanOrEqual(0.5)
  })

  it('takes the same match for less certain in a larger event', () => {
    const near = at(0.41)
    const bandIn = (faceCount: number) => assignBands([near], faceCount, CALIBRATION)[0]!
    expect([100, 3_000, 1_000_000].map(faceCount => bandIn(faceCount).band)).toEqual(['sure', 'likely', 'maybe'])
    expect(bandIn(100).confidence).toBeGreaterThan(bandIn(10_000).confidence)
  })

  it('shows a searcher with many photos more than one with none', () => {
    const own = Array.from({ length: 10 }, (_, n) => at(0.2, `own${n}`))
    expect(assignBands([at(0.5)], 1000, CALIBRATION)[0]?.band).toBe('maybe')
    expect(assignBands([...own, at(0.5)], 1000, CALIBRATION).at(-1)).toMatchObject({ photoId: 'a', band: 'likely' })
  })

  it('is never sure of a face that only the second look brought near', () => {
    const near = distanceForExpectedWrong(EXPECTED_WRONG.sure, 1000, CALIBRATION) - 0.01
    expect(assignBands([{ ...at(near), atFirst: near + 0.05 }], 1000, CALIBRATION)[0]?.band).toBe('likely')
    expect(assignBands([{ ...at(near), apart: near + 0.05 }], 1000, CALIBRATION)[0]?.band).toBe('likely')
    expect(assignBands([at(near)], 1000, CALIBRATION)[0]?.band).toBe('sure')
  })
})

describe('confidence', () => {
  it('falls with the distance and with the event growing, and is a probability', () => {
    fc.assert(
      fc.property(apart, faceCount, (distance, faceCount) => {
        const value = sameProbability(distance, faceCount, CALIBRATION)
        expect(value >= 0 && value <= 1).toBe(true)
        expect(sameProbability(distance + 0.01, faceCount, CALIBRATION)).toBeLessThanOrEqual(value)
        expect(sameProbability(distance, faceCount * 2, CALIBRATION)).toBeLessThanOrEqual(value)
      }),
    )
  })
})
