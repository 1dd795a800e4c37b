import { distanceForFalseMatchRate, type Calibration } from '@pix/faces/judge/calibrate.ts'

/** A selfie and a face of the event, with how far apart they are at first. */
export interface Pair {
  apart: number
  same: boolean
  /** Who the two are, by any distinct names. */
  people: [string, string]
}

/** The tail of the strangers' distances: so small a share of their pairs lies in it, but so many of them at least. */
const TAIL_RATE = 0.001
const TAIL_PAIRS = 100
/** Steps of Newton's method, which converges within ten. */
const ROUNDS = 30

/** Nearer than so small a share of strangers' pairs: one person twice among pictures of which that was not known. */
const TWICE = 1e-7

/**
 * Two fits. The evidence: logistic regression, strangers and same people with equal total weight. The false-match rate:
 * the tail of strangers' distances taken as exponential. How many there are is counted; how fast they get fewer comes from
 * the nearest pair of faces of each two people, as two who look alike bring a dozen pairs of faces, all of them near.
 *
 * @param strangers pairs of people who are not at the event, where there are such pictures: many more than selfies give
 */
export function fitCalibration(
  pairs: readonly Pair[],
  before: Calibration,
  strangers: StrangerDistances | null,
): Calibration {
  const others = pairs.filter(({ same }) => !same)
  return {
    ...before,
    falseMatch: strangers ? fitTail(strangers, before) : fitTail(nearestOfPeople(others, before), before),
    evidence: logistic(
      pairs.filter(({ same }) => same).map(({ apart }) => apart),
      others.map(({ apart }) => apart),
    ),
  }
}

/** Distances of strangers: those that may lie in the tail, each of two people of their own. */
export interface StrangerDistances {
  near: readonly number[]
  /** Pairs in the tail may be more than those: of two people several pictures. */
  inTail(end: number): number
  pairs: number
}

function nearestOfPeople(pairs: readonly Pair[], before: Calibration): StrangerDistances {
  const nearest = new Map<string, number>()
  for (const { apart, people } of pairs) {
    if (apart > tailEnd(pairs.length, before)) continue
    const key = people.toSorted().join(' ')
    nearest.set(key, Math.min(apart, nearest.get(key) ?? apart))
  }
  const inTail = (end: number) => pairs.filter(({ apart }) => apart <= end).length
  return { near: [...nearest.values()], inTail, pairs: pairs.length }
}

/** @param distances of pairs of people's only pictures */
export function strangerDistances(distances: readonly number[], pairs: number, before: Calibration): StrangerDistances {
  const twice = distanceForFalseMatchRate(TWICE, before)
  const near = distances.filter(apart => apart > twice)
  return { near, inTail: end => near.filter(apart => apart <= end).length, pairs }
}

/** Where the tail ends: distances beyond need not be known. */
export const tailEnd = (pairs: number, before: Calibration): number =>
  distanceForFalseMatchRate(Math.max(TAIL_RATE, TAIL_PAIRS / pairs), before)

function fitTail({ near, inTail, pairs }: StrangerDistances, before: Calibration): Calibration['falseMatch'] {
  const end = tailEnd(pairs, before)
  const slope = 1 / mean(near.filter(apart => apart <= end).map(apart => end - apart))
  return { offset: Math.log(inTail(end) / pairs) - slope * end, slope }
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** Newton's method on the weighted log likelihood of offset − slope × distance. */
function logistic(own: readonly number[], strangers: readonly number[]): Calibration['evidence'] {
  let offset = 0
  let slope = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    let [g0, g1] = [0, 0]
    // A small penalty on the slope. Without it the fit of a perfectly separable sample has no end.
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
