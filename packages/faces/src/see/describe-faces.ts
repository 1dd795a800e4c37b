import { alignToMeanFace, CHIP_SIZE, mirror } from './align.ts'
import { DIMENSIONS } from '../index/embedding.ts'
import type { Candidate } from './boxes.ts'
import type { Pyramid } from './image/pyramid.ts'
import { sampleSquare } from './image/sample.ts'
import { measureQuality, quality, type QualityParts } from './quality.ts'
import type { EmbedderRecipe } from './recipes.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'
import type { DetectedFace } from '../types.ts'

/** Side of the crop the landmark network takes. */
const CROP_SIZE = 112
const POINTS = 68
/** The length of every embedding. The network's own have about this length, so that measured distances stay valid. */
export const EMBEDDING_LENGTH = 1.4

/**
 * Faces in one run of a network. Two to five cost least, because the activations fit the processor's caches. A face costs
 * 8 % more with eight, 17 % with sixteen. Memory does not grow in a crowd.
 */
const BATCH = 4

/** A face with what its quality is made of, for those who must say why it is poor. */
export interface DescribedFace extends Omit<DetectedFace, 'embedding'> {
  /** Null for a face of quality 0 where the engine does not embed those. */
  embedding: Float32Array | null
  parts: QualityParts
}

export type EmbeddedFace = DescribedFace & { embedding: Float32Array }

export const hasEmbedding = (face: DescribedFace): face is EmbeddedFace => face.embedding !== null

/** Landmarks, aligned chip, quality and embedding of each box, in the order given. */
export async function describeFaces(
  runtime: FaceRuntime,
  embedder: EmbedderRecipe,
  photo: Pyramid,
  candidates: readonly Candidate[],
): Promise<DescribedFace[]> {
  const faces: DescribedFace[] = []
  for (let first = 0; first < candidates.length; first += BATCH) {
    faces.push(...(await describeBatch(runtime, embedder, photo, candidates.slice(first, first + BATCH))))
  }
  return faces
}

async function describeBatch(
  runtime: FaceRuntime,
  embedder: EmbedderRecipe,
  photo: Pyramid,
  candidates: readonly Candidate[],
): Promise<DescribedFace[]> {
  const landmarks = await findLandmarks(runtime, photo, candidates)
  const chip = new Uint8Array(CHIP_SIZE * CHIP_SIZE * 3)
  const chips = chipsFor(embedder, candidates.length)
  const measured = landmarks.map(points => {
    const transform = alignToMeanFace(points)
    sampleSquare(photo, transform, CHIP_SIZE, chip)
    const parts = measureQuality(chip, transform, points)
    const first = chips.count
    if (quality(parts) > 0 || embedder.poorToo) {
      const own = nextChip(chips, embedder)
      // The chip that was measured may be the very one that the network takes.
      if (embedder.align === alignToMeanFace) own.set(chip)
      else sampleSquare(photo, embedder.align(points), embedder.size, own)
      // A face of quality 0 distinguishes nobody, and neither does its mirror image.
      if (embedder.mirrored && quality(parts) > 0) mirror(own, embedder.size, nextChip(chips, embedder))
    }
    return { parts, first, end: chips.count }
  })
  const embeddings = await embed(runtime, embedder, chips)
  return candidates.map((candidate, i) => {
    const { parts, first, end } = measured[i] as (typeof measured)[number]
    return {
      box: relativeBox(candidate, photo),
      landmarks: relativePoints(landmarks[i] as Float32Array, photo),
      score: candidate.score,
      quality: quality(parts),
      embedding: end > first ? directionOf(embeddings, first, end) : null,
      parts,
    }
  })
}

/** Chips of a batch, one behind the other. */
interface Chips {
  data: Uint8Array
  count: number
}

const chipsFor = ({ size, mirrored }: EmbedderRecipe, faces: number): Chips => ({
  data: new Uint8Array(faces * (mirrored ? 2 : 1) * size * size * 3),
  count: 0,
})

function nextChip(chips: Chips, { size }: EmbedderRecipe): Uint8Array {
  const bytes = size * size * 3
  return chips.data.subarray(chips.count * bytes, ++chips.count * bytes)
}

async function embed(runtime: FaceRuntime, { network, size }: EmbedderRecipe, { data, count }: Chips) {
  if (count === 0) return new Float32Array()
  const pixels = { data: data.subarray(0, count * size * size * 3), count, height: size, width: size }
  const [embeddings] = await runtime.run(network, pixels)
  return embeddings as Float32Array
}

/**
 * Runtimes differ in the seventh digit. Crops are therefore rounded to quarter pixels and points to a twentieth of a crop's
 * pixel, which is finer than either is known. All runtimes then cut the same chip and make the same embedding.
 */
const CROP_GRID = 4
const POINT_GRID = 2048
const onGrid = (value: number, steps: number): number => Math.round(value * steps) / steps

/** 68 points of each face in photo pixels, from a square crop around its box. */
async function findLandmarks(
  runtime: FaceRuntime,
  photo: Pyramid,
  candidates: readonly Candidate[],
): Promise<Float32Array[]> {
  const cropBytes = CROP_SIZE * CROP_SIZE * 3
  const data = new Uint8Array(candidates.length * cropBytes)
  const crops = candidates.map((box, i) => {
    const side = onGrid(Math.max(box.right - box.left, box.bottom - box.top), CROP_GRID)
    const left = onGrid((box.left + box.right - side) / 2, CROP_GRID)
    const top = onGrid((box.top + box.bottom - side) / 2, CROP_GRID)
    const crop = data.subarray(i * cropBytes, (i + 1) * cropBytes)
    sampleSquare(photo, { a: side / CROP_SIZE, b: 0, tx: left, ty: top }, CROP_SIZE, crop)
    return { left, top, side }
  })
  const pixels = { data, count: candidates.length, height: CROP_SIZE, width: CROP_SIZE }
  const [found = new Float32Array()] = await runtime.run('landmarks', pixels)
  return crops.map(({ left, top, side }, i) =>
    found
      .slice(i * POINTS * 2, (i + 1) * POINTS * 2)
      .map((value, axis) => (axis % 2 === 0 ? left : top) + onGrid(value, POINT_GRID) * side),
  )
}

/**
 * The mean embedding of a face's chips, scaled to one length for all. The network gives unclear faces short embeddings,
 * and short embeddings lie nearer to everybody's.
 *
 * @param first its chips among all, up to `end`
 */
function directionOf(embeddings: Float32Array, first: number, end: number): Float32Array {
  const sum = new Float64Array(DIMENSIONS)
  for (let i = first * DIMENSIONS; i < end * DIMENSIONS; i += 1) sum[i % DIMENSIONS]! += embeddings[i]!
  const scale = EMBEDDING_LENGTH / Math.max(Math.hypot(...sum), Number.MIN_VALUE)
  return Float32Array.from(sum, value => value * scale)
}

/** A box relative to its photo. */
export function relativeBox({ left, top, right, bottom }: Candidate, { width, height }: Pyramid): DetectedFace['box'] {
  return { x: left / width, y: top / height, width: (right - left) / width, height: (bottom - top) / height }
}

/** Relative to the photo and kept inside it: the points of a face cut by the edge may lie beyond. */
function relativePoints(points: Float32Array, { width, height }: Pyramid): Float32Array {
  return points.map((value, i) => Math.min(1, Math.max(0, value / (i % 2 === 0 ? width : height))))
}
