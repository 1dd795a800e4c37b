export const DIMENSIONS = 128

/**
 * Real embeddings hold numbers below 1. One with numbers above this is faulty, and the index's bounds do not hold for
 * it.
 */
const LARGEST = 100

/** Throws RangeError unless it is 128 finite numbers of a plausible size: never to be stored or searched with. */
export function requireEmbedding(embedding: Float32Array): void {
  if (embedding.length !== DIMENSIONS) throw new RangeError(`an embedding has 128 numbers, not ${embedding.length}`)
  for (let i = 0; i < DIMENSIONS; i += 1) {
    if (!(Math.abs(embedding[i]!) <= LARGEST)) throw new RangeError(`${embedding[i]} is no number of an embedding`)
  }
}
