import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largestAgreeing } from './agree.ts'
import { comparable } from './compare-faces.ts'
import { crowd } from '../index/testing.ts'
import { CALIBRATIONS } from './calibrate.ts'

const CALIBRATION = CALIBRATIONS['face-api']
/** Faces of the crowd as matches, in its order: person 0, 1, 2 …, then each again. */
const matchesOf = (seed: number, people: number, photosEach: number) =>
  crowd(seed, people, photosEach).faces.map(({ embedding, person }) => ({ face: comparable(embedding, 1), person }))

describe('the group of a search that is one person', () => {
  it('is the larger of two people’s, whichever is the better match', () => {
    fc.assert(
      fc.property(fc.nat(), seed => {
        const all = matchesOf(seed, 2, 9)
        const few = all.filter(({ person }) => person === 0).slice(0, 3)
        const many = all.filter(({ person }) => person === 1)
        const group = largestAgreeing([...few, ...many], CALIBRATION)
        expect(many.filter(one => group.has(one)).length).toBeGreaterThan(few.filter(one => group.has(one)).length)
      }),
      { numRuns: 50 },
    )
  })

  it('is the better match alone where nobody agrees with anybody', () => {
    const strangers = matchesOf(4, 12, 1).slice(0, 6)
    expect([...largestAgreeing(strangers.slice(0, 2), CALIBRATION)]).toEqual([strangers[0]])
    expect(largestAgreeing([], CALIBRATION).size).toBe(0)
  })

  it('holds nearly all photos of a person who is in hundreds, though only the best of them decide', () => {
    const own = matchesOf(5, 2, 400).filter(({ person }) => person === 0)
    expect(largestAgreeing(own, CALIBRATION).size).toBeGreaterThan(0.97 * own.length)
  })

  it('costs comparisons in proportion to the matches, not to their square', () => {
    let read = 0
    const matches = matchesOf(6, 2, 1_500).map(({ face }) => ({
      face: {
        ...face,
        get embedding() {
          read += 1
          return face.embedding
        },
      },
    }))
    largestAgreeing(matches, CALIBRATION)
    expect(read).toBeLessThan(2 * 48 * (matches.length + 48))
  })
})
