import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALIBRATIONS } from './calibrate.ts'
import { apartness, comparable, relativeDistance } from './compare-faces.ts'
import { randomEmbedding, randomSource } from '../index/testing.ts'

const CALIBRATION = CALIBRATIONS['face-api']
const face = (seed: number, quality = 1) => comparable(randomEmbedding(randomSource(seed)), quality)
const unit = (axis: number) =>
  comparable(
    Float32Array.from({ length: 128 }, (_, n) => (n === axis ? 1 : 0)),
    1,
  )

describe('comparing faces', () => {
  it('is the same both ways, and 0 for a good face with itself', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (a, b, quality) => {
        expect(relativeDistance(face(a, quality), face(b), CALIBRATION)).toBe(
          relativeDistance(face(b), face(a, quality), CALIBRATION),
        )
        expect(relativeDistance(face(a), face(a), CALIBRATION)).toBe(0)
      }),
    )
  })

  it('is the Euclidean distance of good faces, and more the poorer the poorer of the two is', () => {
    expect(relativeDistance(unit(0), unit(1), CALIBRATION)).toBeCloseTo(Math.SQRT2, 6)
    expect(relativeDistance(unit(0), { ...unit(1), quality: 0.2 }, CALIBRATION)).toBeCloseTo(
      Math.SQRT2 + 0.8 * CALIBRATION.poorQualityPenalty,
      6,
    )
  })

  it('takes the distance from who knows it', () => {
    const [a, b] = [face(1), face(2)]
    const known = Math.sqrt(a.embedding.reduce((sum, value, n) => sum + (value - b.embedding[n]!) ** 2, 0))
    expect(relativeDistance(a, b, CALIBRATION, known)).toBeCloseTo(relativeDistance(a, b, CALIBRATION), 9)
  })

  it('grows as either face gets poorer or more crowded', () => {
    const [a, b] = [face(1, 0.8), face(2, 0.8)]
    expect(apartness({ ...a, quality: 0.4 }, b, CALIBRATION)).toBeGreaterThan(apartness(a, b, CALIBRATION))
    expect(apartness(a, { ...b, quality: 0.4 }, CALIBRATION)).toBeGreaterThan(apartness(a, b, CALIBRATION))
    expect(apartness({ ...a, crowding: 0.02 }, b, CALIBRATION)).toBeCloseTo(apartness(a, b, CALIBRATION) + 0.01, 9)
    expect(apartness(a, { ...b, crowding: -0.02 }, CALIBRATION)).toBeCloseTo(apartness(a, b, CALIBRATION) - 0.01, 9)
  })
})
