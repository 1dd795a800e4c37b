import { DIMENSIONS } from './embedding.ts'
import type { ProbeBounds } from './load-kernel.ts'
import { turnEmbedding } from './train-rotation.ts'
import type { Rotation } from './train-rotation.ts'

const HALF = DIMENSIONS / 2
const LARGEST_CODE = 32_767
/** 130 half units of a float: what rounding may add to a sum of 128 products, relative to the sum of their sizes. */
const SUM_ROUNDING = (130 * 2 ** -24) / (1 - 130 * 2 ** -24)

export interface EncodedProbe {
  head: Int16Array
  tail: Int16Array
  bounds: ProbeBounds
}

/** The probe in whole numbers, and the constants with which no row within the threshold fails a sieve (0010). */
export function encodeProbe(
  probe: Float32Array,
  threshold: number,
  rotation: Rotation,
  steps: { head: number; tail: number },
): EncodedProbe {
  const { turned, squared } = turnEmbedding(probe, rotation)
  const head = toCodes(turned.subarray(0, HALF))
  const tail = toCodes(turned.subarray(HALF))
  const bound = threshold * threshold
  const size = Math.sqrt(bound) + Math.sqrt(squared)
  const axesSize = Math.sqrt(DIMENSIONS * (1 + rotation.deviation))
  const relative = rotation.deviation + (1 + rotation.deviation) * SUM_ROUNDING * axesSize + 1e-9
  const bounds: ProbeBounds = [
    (squared - bound) / 2 - 1e-9 * size * size - 1e-12,
    head.norm,
    tail.norm,
    head.lost,
    tail.lost,
    relative * Math.sqrt(squared),
    head.step * steps.head,
    tail.step * steps.tail,
    bound * (1 + 1e-12),
  ]
  return { head: head.codes, tail: tail.codes, bounds }
}

/** Rounds to 16 bits; `lost` is the length of what was rounded away. Norms are rounded up. */
function toCodes(values: Float64Array): { codes: Int16Array; step: number; norm: number; lost: number } {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  const step = Math.max(largest / LARGEST_CODE, Number.MIN_VALUE * 2 ** 200)
  const codes = Int16Array.from(values, value => Math.round(value / step))
  const lost = Math.sqrt(values.reduce((sum, value, i) => sum + (value - codes[i]! * step) ** 2, 0))
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return { codes, step, norm: norm * (1 + 1e-9), lost: lost * (1 + 1e-9) }
}
