import { DIMENSIONS } from './embedding.ts'

/** An embedding and its quality. */
const NUMBERS = DIMENSIONS + 1

/** Faces to search with as Redis holds them: for each 128 little-endian float32 and one for quality, then the model version. */
export function writeProbes(
  probes: readonly { embedding: ArrayLike<number>; quality: number }[],
  model: string,
): Buffer {
  const numbers = new Float32Array(probes.length * NUMBERS)
  for (const [n, { embedding, quality }] of probes.entries()) {
    numbers.set(embedding, n * NUMBERS)
    numbers[n * NUMBERS + DIMENSIONS] = quality
  }
  return Buffer.concat([Buffer.from(numbers.buffer), Buffer.from(model)])
}

/** Before there were several models none was named. */
const UNNAMED = 'dlib-resnet-aligned-mirrored-2'

/** What `writeProbes` wrote. */
export function readProbes(bytes: Buffer): { embedding: Float32Array; quality: number; model: string }[] {
  const size = NUMBERS * Float32Array.BYTES_PER_ELEMENT
  const count = Math.floor(bytes.length / size)
  const model = bytes.subarray(count * size).toString() || UNNAMED
  const numbers = new Float32Array(new Uint8Array(bytes.subarray(0, count * size)).buffer)
  return Array.from({ length: count }, (_, n) => ({
    embedding: numbers.slice(n * NUMBERS, n * NUMBERS + DIMENSIONS),
    quality: numbers[n * NUMBERS + DIMENSIONS]!,
    model,
  }))
}
