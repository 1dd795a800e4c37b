import { DIMENSIONS } from './embedding.ts'

/** Numbers that a sieve looks at: the first part of a turned embedding, then the second. */
export const PART = 32
const TURNED = 2 * PART

/** A change of axes of which only the first 64 are kept: those that say most about how far two embeddings are apart. */
export interface Rotation {
  /** Subtracted first; 128 floats. */
  mean: Float32Array
  /** Column by column: `axes[j * 64 + i]` is what input dimension j adds to output dimension i. */
  axes: Float32Array
  /** ‖B·Bᵀ − I‖, Frobenius, of the axes as stored: 0 would keep every length exactly. */
  deviation: number
}

/** No change at all: what an index starts with. */
export function plainRotation(): Rotation {
  const axes = new Float32Array(DIMENSIONS * TURNED)
  for (let i = 0; i < TURNED; i += 1) axes[i * TURNED + i] = 1
  return { mean: new Float32Array(DIMENSIONS), axes, deviation: 0 }
}

/** The principal axes of a sample, largest spread first. Any axes give exact answers; these give fast ones. */
export function trainRotation(sample: readonly Float32Array[]): Rotation {
  const mean = new Float32Array(DIMENSIONS)
  for (let i = 0; i < DIMENSIONS; i += 1) mean[i] = sample.reduce((sum, row) => sum + row[i]!, 0) / sample.length
  const covariance = covarianceOf(sample, mean)
  const vectors = diagonalise(covariance)
  const order = Array.from({ length: DIMENSIONS }, (_, i) => i).sort(
    (a, b) => covariance[b * DIMENSIONS + b]! - covariance[a * DIMENSIONS + a]! || a - b,
  )
  const axes = new Float32Array(DIMENSIONS * TURNED)
  for (let j = 0; j < DIMENSIONS; j += 1) {
    for (let i = 0; i < TURNED; i += 1) axes[j * TURNED + i] = vectors[j * DIMENSIONS + order[i]!]!
  }
  return { mean, axes, deviation: deviationOf(axes) }
}

/** An embedding along the 64 axes, in double precision, and its squared length from the mean. */
export function turnEmbedding(
  embedding: Float32Array,
  { mean, axes }: Rotation,
): { turned: Float64Array; squared: number } {
  const turned = new Float64Array(TURNED)
  let squared = 0
  for (let j = 0; j < DIMENSIONS; j += 1) {
    const value = embedding[j]! - mean[j]!
    squared += value * value
    for (let i = 0; i < TURNED; i += 1) turned[i]! += axes[j * TURNED + i]! * value
  }
  return { turned, squared }
}

/** The largest number in either part of the turned sample: what the codes should be able to hold. */
export function largestTurned(sample: readonly Float32Array[], rotation: Rotation): { first: number; second: number } {
  const reach = { first: 0, second: 0 }
  for (const row of sample) {
    turnEmbedding(row, rotation).turned.forEach((value, i) => {
      const part = i < PART ? 'first' : 'second'
      reach[part] = Math.max(reach[part], Math.abs(value))
    })
  }
  return reach
}

function covarianceOf(sample: readonly Float32Array[], mean: Float32Array): Float64Array {
  const sums = new Float64Array(DIMENSIONS * DIMENSIONS)
  const centred = new Float64Array(DIMENSIONS)
  for (const row of sample) {
    for (let i = 0; i < DIMENSIONS; i += 1) centred[i] = row[i]! - mean[i]!
    for (let i = 0; i < DIMENSIONS; i += 1) {
      const value = centred[i]!
      for (let j = i; j < DIMENSIONS; j += 1) sums[i * DIMENSIONS + j]! += value * centred[j]!
    }
  }
  for (let i = 0; i < DIMENSIONS; i += 1) {
    for (let j = i; j < DIMENSIONS; j += 1) {
      const value = sums[i * DIMENSIONS + j]! / sample.length
      sums[i * DIMENSIONS + j] = value
      sums[j * DIMENSIONS + i] = value
    }
  }
  return sums
}

/**
 * Jacobi's method: turns the symmetric matrix into its diagonal, in place, and returns the eigenvectors as columns.
 * It stops early: axes a little off the principal ones are axes all the same.
 */
function diagonalise(matrix: Float64Array): Float64Array {
  const vectors = new Float64Array(DIMENSIONS * DIMENSIONS)
  for (let i = 0; i < DIMENSIONS; i += 1) vectors[i * DIMENSIONS + i] = 1
  const trace = matrix.reduce((sum, value, at) => (at % (DIMENSIONS + 1) === 0 ? sum + Math.abs(value) : sum), 0)
  const negligible = 1e-4 * (trace / DIMENSIONS)
  for (let sweep = 0; sweep < 6; sweep += 1) {
    let turned = false
    for (let p = 0; p < DIMENSIONS - 1; p += 1) {
      for (let q = p + 1; q < DIMENSIONS; q += 1) {
        if (Math.abs(matrix[p * DIMENSIONS + q]!) <= negligible) continue
        turn(matrix, vectors, p, q)
        turned = true
      }
    }
    if (!turned) break
  }
  return vectors
}

/** One Jacobi rotation, which makes `matrix[p, q]` zero. */
function turn(matrix: Float64Array, vectors: Float64Array, p: number, q: number): void {
  const n = DIMENSIONS
  const slope = (matrix[q * n + q]! - matrix[p * n + p]!) / (2 * matrix[p * n + q]!)
  const t = Math.sign(slope || 1) / (Math.abs(slope) + Math.sqrt(slope * slope + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  mix(matrix, p, q, n, c, s)
  mix(matrix, p * n, q * n, 1, c, s)
  mix(vectors, p, q, n, c, s)
}

/** Rotates two rows (stride 1) or columns (stride n) of a matrix into one another. */
function mix(matrix: Float64Array, p: number, q: number, stride: number, c: number, s: number): void {
  for (let k = 0; k < DIMENSIONS; k += 1) {
    const a = matrix[p + k * stride]!
    const b = matrix[q + k * stride]!
    matrix[p + k * stride] = c * a - s * b
    matrix[q + k * stride] = s * a + c * b
  }
}

function deviationOf(axes: Float32Array): number {
  let squares = 0
  for (let i = 0; i < TURNED; i += 1) {
    for (let k = 0; k < TURNED; k += 1) {
      let sum = i === k ? -1 : 0
      for (let j = 0; j < DIMENSIONS; j += 1) sum += axes[j * TURNED + i]! * axes[j * TURNED + k]!
      squares += sum * sum
    }
  }
  return Math.sqrt(squares) * (1 + 1e-9) + 1e-12
}
