import { DIMENSIONS } from './embedding.ts'
import type { Quantizer } from './scalar-quantizer.ts'

/** With it, 16 times a weight less its neighbour still has 16 bits. */
const LARGEST_WEIGHT = 1927
/** Codes from 0 to 15 lie around this one. */
const MIDDLE = 7.5
/** The length of 128 codes that all lie farthest from the middle. */
const LONGEST_CODES = MIDDLE * Math.sqrt(DIMENSIONS)
/** 16 half units of a float: twice what the roundings of the sieve can do, relative to the sizes of its terms. */
const ROUNDINGS = 2 ** -20

/** The probe's share of the sieve, in the order in which the kernel reads it: docs/decisions/0010 has the names. */
export type ProbeBounds = [unit: number, norm: number, slack: number, threshold: number]

export interface EncodedProbe {
  /** For each 32 codes four times eight words, as `products` in kernel/scan.ts multiplies them. */
  weights: Int16Array
  bounds: ProbeBounds
}

/** The probe in whole numbers, and the constants with which no row within the threshold fails the sieve (0010). */
export function encodeProbe(probe: Float32Array, threshold: number, { mean, steps }: Quantizer): EncodedProbe {
  const centred = Float64Array.from(probe, (value, i) => value - mean[i]!)
  const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0))
  const { weights, unit, lost } = toWeights(centred.map((value, i) => value * steps[i]!))
  const half = (norm * norm - threshold * threshold) / 2 - 1e-9 * (norm + threshold) ** 2 - 1e-12
  const shift = unit * MIDDLE * weights.reduce((sum, weight) => sum + weight, 0)
  const slack = lost * LONGEST_CODES - half - shift
  const largest = unit * 2 * MIDDLE * weights.reduce((sum, weight) => sum + Math.abs(weight), 0)
  return {
    weights: arrange(weights),
    bounds: [unit / 16, norm * (1 + ROUNDINGS), slack + ROUNDINGS * (largest + Math.abs(slack)), threshold],
  }
}

/** Whole numbers, their unit, and the length of what was rounded away, rounded up. */
function toWeights(values: Float64Array) {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  const unit = Math.max(largest / LARGEST_WEIGHT, Number.MIN_VALUE * 2 ** 200)
  const weights = Array.from(values, value => Math.round(value / unit))
  const lost = Math.sqrt(values.reduce((sum, value, i) => sum + (value - weights[i]! * unit) ** 2, 0))
  return { weights, unit, lost: lost * (1 + 1e-9) }
}

/**
 * A byte with codes n and m is the number n + 16 m. So w(n + 16 m) + (16 v − w) n = 16 (v n + w m): the weight of the
 * whole byte is that of its upper code, and its lower code is counted once more.
 */
function arrange(weights: readonly number[]): Int16Array {
  const arranged = new Int16Array(2 * 64)
  for (let pair = 0; pair < 64; pair += 1) {
    const [lower, upper] = [weights[2 * pair]!, weights[2 * pair + 1]!]
    const at = Math.floor(pair / 16) * 32 + (pair % 2) * 16 + Math.floor((pair % 16) / 2)
    arranged[at] = upper
    arranged[at + 8] = 16 * lower - upper
  }
  return arranged
}
