import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignBands, EXPECTED_WRONG } from './bands.ts'
import { CALIBRATION, effectiveDistance, falseMatchRate, sameProbability } from './calibrate.ts'
import { randomNormal, randomSource } from './index/testing.ts'

const match = fc.record({
  photoId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  distance: fc.double({ min: 0, max: 0.8, noNaN: true }),
  quality: fc.double({ min: 0, max: 1, noNaN: true }),
})
const context = fc.record({
  faceCount: fc.integer({ min: 0, max: 2_000_000 }),
  probeQuality: fc.double({ min: 0, max: 1, noNaN: true }),
  threshold: fc.double({ min: 0.3, max: 0.7, noNaN: true }),
})
const order = ['sure', 'likely', 'maybe']

describe('bands', () => {
  it('shows a photo once, by its best face, best first, and nothing beyond the threshold', () => {
    fc.assert(
      fc.property(fc.array(match), context, (matches, context) => {
        const banded = assignBands(matches, context)
        const within = matches.filter(({ distance }) => distance <= context.threshold)
        expect(banded.map(({ photoId }) => photoId).sort()).toEqual(
          [...new Set(within.map(({ photoId }) => photoId))].sort(),
        )
        for (const shown of banded) {
          const others = within.filter(({ photoId }) => photoId === shown.photoId)
          const effective = others.map(({ distance, quality }) =>
            effectiveDistance({ distance, faceQuality: quality, probeQuality: context.probeQuality }),
          )
          const { distance, quality } = shown
          expect(effectiveDistance({ distance, faceQuality: quality, probeQuality: context.probeQuality })).toBe(
            Math.min(...effective),
          )
        }
        const ranks = banded.map(({ band }) => order.indexOf(band))
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
      }),
    )
  })

  it('gives the same answer whatever the order of the matches', () => {
    fc.assert(
      fc.property(fc.array(match), context, (matches, context) => {
        expect(assignBands(matches.toReversed(), context)).toEqual(assignBands(matches, context))
      }),
    )
  })

  it.each([300, 3_000, 30_000])(
    'shows on average at most 0.05 strangers as sure and 0.5 up to likely, among %i',
    faceCount => {
      const random = randomSource(faceCount)
      const { offset, slope } = CALIBRATION.falseMatch
      const searches = 4_000
      const wrong = { sure: 0, likely: 0, maybe: 0 }
      for (let search = 0; search < searches; search += 1) {
        // Strangers by the curve itself; their number within the bound varies as chance has it.
        const within = falseMatchRate(0.6) * faceCount
        const count = Math.max(0, Math.round(within + Math.sqrt(within) * randomNormal(random)))
        const matches = Array.from({ length: count }, (_, n) => ({
          photoId: `p${n}`,
          distance: (Math.log(falseMatchRate(0.6) * (1 - random())) - offset) / slope,
          quality: 1,
        }))
        for (const { band } of assignBands(matches, { faceCount, probeQuality: 1, threshold: 0.6 })) wrong[band] += 1
      }
      expect(wrong.sure / searches).toBeLessThan(EXPECTED_WRONG.sure * 1.2)
      expect((wrong.sure + wrong.likely) / searches).toBeLessThan(EXPECTED_WRONG.likely * 1.1)
      expect((wrong.sure + wrong.likely) / searches).toBeGreaterThan(EXPECTED_WRONG.likely * 0.5)
    },
  )

  it('is more careful with a searcher whom many strangers resemble', () => {
    const near = { photoId: 'a', distance: 0.5, quality: 1 }
    const crowd = Array.from({ length: 30 }, (_, n) => ({ photoId: `c${n}`, distance: 0.58, quality: 1 }))
    const bandOf = (matches: (typeof near)[]) =>
      assignBands(matches, { faceCount: 1000, probeQuality: 1, threshold: 0.6 })[0]
    expect(bandOf([near])?.band).toBe('likely')
    expect(bandOf([near, ...crowd])?.band).toBe('maybe')
    expect(bandOf([near, ...crowd])!.confidence).toBeLessThan(bandOf([near])!.confidence)
  })

  it('takes the same match for less certain in a larger event', () => {
    const one = { photoId: 'a', distance: 0.45, quality: 0.9 }
    const bandIn = (faceCount: number) => assignBands([one], { faceCount, probeQuality: 1, threshold: 0.6 })[0]!
    expect([100, 100_000_000].map(faceCount => bandIn(faceCount).band)).toEqual(['sure', 'maybe'])
    expect(bandIn(100).confidence).toBeGreaterThan(bandIn(10_000).confidence)
  })
})

describe('confidence', () => {
  it('falls with the distance, with the event growing, and with either face getting poorer', () => {
    const pair = { distance: 0.5, probeQuality: 0.8, faceQuality: 0.8 }
    const at = (change: Partial<typeof pair>, faceCount = 1000) => sameProbability({ ...pair, ...change }, faceCount)
    expect(at({ distance: 0.51 })).toBeLessThan(at({}))
    expect(at({ probeQuality: 0.4 })).toBeLessThan(at({}))
    expect(at({ faceQuality: 0.4 })).toBeLessThan(at({}))
    expect(at({}, 2000)).toBeLessThan(at({}))
  })

  it('is a probability at any distance, quality and event size', () => {
    fc.assert(
      fc.property(match, context, ({ distance, quality }, { faceCount, probeQuality }) => {
        const value = sameProbability({ distance, probeQuality, faceQuality: quality }, faceCount)
        expect(value >= 0 && value <= 1).toBe(true)
      }),
    )
  })
})
