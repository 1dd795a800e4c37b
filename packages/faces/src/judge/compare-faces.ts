import type { Calibration } from './calibrate.ts'

/** A face with all that comparing it with others takes. */
export interface ComparableFace {
  /** 128 float32 */
  embedding: Float32Array
  /** 0..1 */
  quality: number
  /** How much nearer than usual its strangers lie, as a distance; 0 where that is not known. */
  crowding: number
}

export function comparable(embedding: Float32Array, quality: number): ComparableFace {
  return { embedding, quality, crowding: 0 }
}

/**
 * How far apart two faces are, as if both were of good quality.
 *
 * @param distance Euclidean, where it is known already
 */
export function relativeDistance(
  a: ComparableFace,
  b: ComparableFace,
  { poorQualityPenalty }: Calibration,
  distance = euclidean(a.embedding, b.embedding),
): number {
  const poorer = Math.min(Math.max(Math.min(a.quality, b.quality), 0), 1)
  return distance + poorQualityPenalty * (1 - poorer)
}

/**
 * The relative distance, and half of either face's crowding: what the bands are made of. Two faces that both have many
 * strangers near must be nearer to count as one person's.
 */
export function apartness(a: ComparableFace, b: ComparableFace, calibration: Calibration, distance?: number): number {
  return relativeDistance(a, b, calibration, distance) + (a.crowding + b.crowding) / 2
}

/** Four sums side by side: the next one need not wait for the last. */
function euclidean(a: Float32Array, b: Float32Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  for (let i = 0; i < a.length; i += 4) {
    const d0 = a[i]! - b[i]!
    const d1 = a[i + 1]! - b[i + 1]!
    const d2 = a[i + 2]! - b[i + 2]!
    const d3 = a[i + 3]! - b[i + 3]!
    s0 += d0 * d0
    s1 += d1 * d1
    s2 += d2 * d2
    s3 += d3 * d3
  }
  return Math.sqrt(s0 + s1 + s2 + s3)
}
