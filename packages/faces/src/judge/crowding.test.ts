import { describe, expect, it } from 'vitest'
import { comparable, type ComparableFace } from './compare-faces.ts'
import { crowdingAmong, toCohort } from './crowding.ts'
import { randomEmbedding, randomNormal, randomSource } from '../index/testing.ts'
import { CALIBRATIONS } from './calibrate.ts'

const CALIBRATION = CALIBRATIONS['face-api']
const random = randomSource(7)
const centre = randomEmbedding(random).map(value => value * 2)

/** Faces around a common middle: the less they are spread, the nearer each has its strangers. */
function facesOf(count: number, spread: number): ComparableFace[] {
  return Array.from({ length: count }, () =>
    comparable(
      centre.map(value => value + spread * randomNormal(random)),
      1,
    ),
  )
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const crowdings = (cohort: ComparableFace[]) => cohort.map(face => crowdingAmong(face, cohort, CALIBRATION))

describe('crowding', () => {
  it('is larger among people who resemble each other, and smaller among the unlike', () => {
    expect(mean(crowdings(facesOf(250, 0.038)))).toBeGreaterThan(mean(crowdings(facesOf(250, 0.042))) + 0.01)
  })

  it('is not brought about by the many photos of one person', () => {
    const others = facesOf(250, 0.042)
    const face = others[0]!
    const own = Array.from({ length: 10 }, () =>
      comparable(
        face.embedding.map(value => value + 0.01 * randomNormal(random)),
        1,
      ),
    )
    expect(
      Math.abs(crowdingAmong(face, [...others, ...own], CALIBRATION) - crowdingAmong(face, others, CALIBRATION)),
    ).toBeLessThan(0.005)
  })

  it('is believed less in a small event, and not measured at all without anybody', () => {
    const alike = facesOf(250, 0.038)
    const [few, many] = [alike.slice(0, 25), alike].map(cohort => Math.abs(mean(crowdings(cohort))))
    expect(few!).toBeLessThan(many!)
    expect(crowdingAmong(alike[0]!, [], CALIBRATION)).toBe(0)
    expect(crowdingAmong(alike[0]!, [alike[0]!], CALIBRATION)).toBe(0)
  })

  it('stays within bounds, whatever the faces', () => {
    for (const spread of [0.001, 0.04, 0.2, 5]) {
      for (const value of crowdings(facesOf(60, spread))) expect(Math.abs(value)).toBeLessThanOrEqual(0.06)
    }
  })

  it('does not ask what may be no face', () => {
    expect(toCohort([0, 0.1, 0.5, 1].map(quality => ({ embedding: centre, quality })))).toHaveLength(2)
  })
})
