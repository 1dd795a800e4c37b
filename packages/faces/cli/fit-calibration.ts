import { CALIBRATION, type Calibration } from '../src/judge/calibrate.ts'

/** A selfie and a face of the event, with how far apart they are at first. */
export interface Pair {
  apart: number
  same: boolean
  /** Who the two are, by any names that tell people apart. */
  people: [string, string]
}

/** The tail of the strangers' distances ends here; it holds a hundred pairs of a small event. */
const TAIL = 0.62
/** Newton's method is done after ten; more do no harm. */
const ROUNDS = 30

/**
 * Two fits. The evidence: logistic regression, strangers and same people with equal total weight. The false-match rate:
 * strangers below `TAIL` taken as exponential. How many there are is counted; how fast they get fewer comes from the
 * nearest pair of faces of each two people, as two who look alike bring a dozen pairs of faces, all of them near.
 */
export function fitCalibration(pairs: readonly Pair[]): Calibration {
  const strangers = pairs.filter(({ same }) => !same)
  const tail = strangers.filter(({ apart }) => apart <= TAIL)
  const nearest = new Map<string, number>()
  for (const { apart, people } of tail) {
    const key = people.toSorted().join(' ')
    nearest.set(key, Math.min(apart, nearest.get(key) ?? apart))
  }
  const slope = 1 / mean([...nearest.values()].map(apart => TAIL - apart))
  return {
    ...CALIBRATION,
    falseMatch: { offset: Math.log(tail.length / strangers.length) - slope * TAIL, slope },
    evidence: logistic(
      pairs.filter(({ same }) => same).map(({ apart }) => apart),
      strangers.map(({ apart }) => apart),
    ),
  }
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

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
