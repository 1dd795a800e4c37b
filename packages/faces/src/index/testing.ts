import { DIMENSIONS } from './embedding.ts'
import type { EventIndex } from './event-index.ts'

/** A repeatable stream of numbers in [0, 1): mulberry32. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Normal deviates by Box and Muller. */
export function randomNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Spread as in real ones: two of them lie about 0.8 apart. */
export function randomEmbedding(random: () => number): Float32Array {
  return Float32Array.from({ length: DIMENSIONS }, () => 0.05 * randomNormal(random))
}

/** The bytes of an index's snapshot. */
export async function packed(index: EventIndex, revision = 0): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of index.snapshot(revision)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** What a search finds, face by face. */
export function hitsOf(index: EventIndex, probe: Float32Array, threshold: number) {
  const { rows, distances } = index.find(probe, threshold)
  return Array.from(rows, (row, n) => ({ ...index.faceAt(row), distance: distances[n]! }))
}
