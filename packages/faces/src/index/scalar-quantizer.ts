import { DIMENSIONS } from './embedding.ts'

/** How embeddings become codes of 4 bits: code n stands for n − 7.5 of its dimension's steps from the mean. */
export interface Quantizer {
  /** 128 floats */
  mean: Float32Array
  /** 128 floats, all positive */
  steps: Float32Array
}

/** The step at which 16 evenly spaced codes miss least of a normal variable of deviation 1 (J. Max, 1960). */
const STEP_OF_NORMAL = 0.3352
/** Never zero, which could not be divided by. */
const SMALLEST_STEP = 1e-6

/** What an index starts with: for embeddings of length 1.4, as both networks give them, in any direction. */
export function plainQuantizer(): Quantizer {
  const step = (STEP_OF_NORMAL * 1.4) / Math.sqrt(DIMENSIONS)
  return { mean: new Float32Array(DIMENSIONS), steps: new Float32Array(DIMENSIONS).fill(step) }
}

/** Fitted to a sample. Any means and steps give exact answers; these give fast ones. */
export function fitQuantizer(sample: readonly Float32Array[]): Quantizer {
  const perRow = 1 / sample.length
  const sums = new Float64Array(DIMENSIONS)
  for (const row of sample) row.forEach((value, i) => (sums[i]! += value * perRow))
  const mean = Float32Array.from(sums)
  const variances = new Float64Array(DIMENSIONS)
  for (const row of sample) row.forEach((value, i) => (variances[i]! += (value - mean[i]!) ** 2 * perRow))
  const steps = Float32Array.from(variances, variance => Math.max(STEP_OF_NORMAL * Math.sqrt(variance), SMALLEST_STEP))
  return { mean, steps }
}
