import { PART, turnEmbedding } from './train-rotation.ts'
import type { Rotation } from './train-rotation.ts'

const LARGEST_CODE = 32_767
/** 130 half units of a float: what rounding may add to a sum of 128 products, relative to the sum of their sizes. */
const SUM_ROUNDING = (130 * 2 ** -24) / (1 - 130 * 2 ** -24)

/** The probe's share of the two sieves, in the order in which the kernel reads them: docs/decisions/0010 has the names. */
export type ProbeBounds = [
  half: number,
  firstNorm: number,
  secondNorm: number,
  firstLoss: number,
  secondLoss: number,
  rounding: number,
  beyondFirst: number,
  beyondSecond: number,
  firstStep: number,
  secondStep: number,
  threshold: number,
]

export interface EncodedProbe {
  first: Int16Array
  second: Int16Array
  bounds: ProbeBounds
}

/** The probe in whole numbers, and the constants with which no row within the threshold fails a sieve (0010). */
export function encodeProbe(
  probe: Float32Array,
  threshold: number,
  rotation: Rotation,
  steps: { first: number; second: number },
): EncodedProbe {
  const { turned, squared } = turnEmbedding(probe, rotation)
  const first = toCodes(turned.subarray(0, PART))
  const second = toCodes(turned.subarray(PART))
  const bound = threshold * threshold
  const size = threshold + Math.sqrt(squared)
  const gain = 1 + rotation.deviation
  const relative = rotation.deviation + gain * SUM_ROUNDING * Math.sqrt(2 * PART * gain) + 1e-9
  const beyond = (known: number) => Math.sqrt(Math.max((gain + 1e-9) * squared - known, 0)) * (1 + 1e-9)
  const bounds: ProbeBounds = [
    (squared - bound) / 2 - 1e-9 * size * size - 1e-12,
    first.norm,
    second.norm,
    first.lost,
    second.lost,
    relative * Math.sqrt(squared),
    beyond(first.squared),
    beyond(first.squared + second.squared),
    first.step * steps.first,
    second.step * steps.second,
    threshold,
  ]
  return { first: first.codes, second: second.codes, bounds }
}

/** Rounds to 16 bits; `lost` is the length of what was rounded away. Norms are rounded up. */
function toCodes(values: Float64Array) {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  const step = Math.max(largest / LARGEST_CODE, Number.MIN_VALUE * 2 ** 200)
  const codes = Int16Array.from(values, value => Math.round(value / step))
  const lost = Math.sqrt(values.reduce((sum, value, i) => sum + (value - codes[i]! * step) ** 2, 0))
  const squared = values.reduce((sum, value) => sum + value * value, 0)
  return { codes, step, squared, norm: Math.sqrt(squared) * (1 + 1e-9), lost: lost * (1 + 1e-9) }
}
