import { CALIBRATION, effectiveDistance } from '../src/calibrate.ts'
import type { Calibration, Comparison } from '../src/calibrate.ts'

export interface Pair extends Comparison {
  same: boolean
}

/** The tail of the strangers' distances ends here, at the outer bound; it holds a hundred pairs of a small event. */
const TAIL = 0.6
/** Newton's method is done after ten; more do no harm. */
const ROUNDS = 30

export function distanceBetween(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0))
}

/**
 * Two fits over effective distances. The evidence: logistic regression, strangers and same people with equal total
 * weight. The false-match rate: strangers below `TAIL` taken as exponential, its slope from their median: one pair of
 * people who look alike brings many pairs of photos, which a mean would follow. The mark-up for poor faces is not
 * fitted: an event has too few poor faces whose person is known.
 */
export function fitCalibration(pairs: readonly Pair[]): Calibration {
  const distances = (same: boolean) => pairs.filter(pair => pair.same === same).map(pair => effectiveDistance(pair))
  const [own, strangers] = [distances(true), distances(false)]
  const tail = strangers.filter(distance => distance <= TAIL).sort((a, b) => a - b)
  const slope = Math.LN2 / (TAIL - tail[Math.floor(tail.length / 2)]!)
  return {
    ...CALIBRATION,
    falseMatch: { offset: Math.log(tail.length / strangers.length) - slope * TAIL, slope },
    evidence: logistic(own, strangers),
  }
}

/** Newton's method on the weighted log likelihood of offset − slope × distance. */
function logistic(own: readonly number[], strangers: readonly number[]): Calibration['evidence'] {
  let offset = 0
  let slope = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    let [g0, g1] = [0, 0]
    // A little resistance keeps a perfectly separable sample from running off to infinity.
    let [h00, h01, h11] = [1e-6, 0, 1e-6]
    for (const [distances, target] of [
      [own, 1],
      [strangers, 0],
    ] as const) {
      for (const distance of distances) {
        const p = 1 / (1 + Math.exp(slope * distance - offset))
        const [pull, bend] = [(target - p) / distances.length, (p * (1 - p)) / distances.length]
        g0 += pull
        g1 -= pull * distance
        h00 += bend
        h01 -= bend * distance
        h11 += bend * distance * distance
      }
    }
    const whole = h00 * h11 - h01 * h01
    offset += (h11 * g0 - h01 * g1) / whole
    slope += (h00 * g1 - h01 * g0) / whole
  }
  return { offset, slope }
}
