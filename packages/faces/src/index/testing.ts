import { DIMENSIONS } from './embedding.ts'
import type { EventIndex, IndexedFace } from './event-index.ts'

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

/** A random embedding. Two of them lie about 0.8 apart, as real ones do. */
export function randomEmbedding(random: () => number): Float32Array {
  return Float32Array.from({ length: DIMENSIONS }, () => 0.05 * randomNormal(random))
}

/**
 * How the networks' embeddings are spread, and the bound of a search among them: SFace's fill all dimensions alike,
 * face-api's lie far from zero and mostly in a few.
 */
export const NETWORK_SPREADS = {
  sface: { centre: 0.4, variance: 1.8, falling: 0.01, bound: 1.54 },
  'face-api': { centre: 1.27, variance: 0.33, falling: 0.055, bound: 0.6 },
}
export type NetworkName = keyof typeof NETWORK_SPREADS

/** Draws embeddings of strangers as a network makes them, of length 1.4. */
export function networkDraw(network: NetworkName, random: () => number): () => Float32Array {
  const { centre, variance, falling } = NETWORK_SPREADS[network]
  const shares = Float64Array.from({ length: DIMENSIONS }, (_, i) => Math.exp(-falling * i))
  const total = shares.reduce((sum, share) => sum + share, 0)
  const direction = randomEmbedding(random)
  const middle = direction.map(value => (value * centre) / Math.hypot(...direction))
  return () => {
    const drawn = middle.map((value, i) => value + Math.sqrt((variance * shares[i]!) / total) * randomNormal(random))
    const length = Math.hypot(...drawn)
    return drawn.map(value => (value * LENGTH) / length)
  }
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

/** A face of somebody, `n % people` of a crowd. */
export type CrowdFace = IndexedFace & { person: number }

/**
 * Squared distance of people's own middles from that of all, and of a face from its person's, as in real events. Faces
 * differ less from direction to direction: face-api's mostly in about forty of the 128.
 */
const CROWDS = {
  'face-api': { people: 0.234, faces: 0.094, falling: 1 / 40, centre: 1.278 },
  sface: { people: 1.095, faces: 0.708, falling: 1 / 200, centre: 0.397 },
}
const LENGTH = 1.4

/** People in photos of some faces each, of one length; their faces are spread as those of a real event. */
export function crowd(
  seed: number,
  people: number,
  photosEach: number,
  facesPerPhoto = 2,
  network: NetworkName = 'face-api',
) {
  const spread = CROWDS[network]
  const reach = Float32Array.from({ length: DIMENSIONS }, (_, i) => Math.exp(-i * spread.falling))
  const reachSquared = reach.reduce((sum, each) => sum + each ** 2, 0)
  const random = randomSource(seed)
  const around = (middle: Float32Array, squared: number) =>
    middle.map((value, i) => value + reach[i]! * Math.sqrt(squared / reachSquared) * randomNormal(random))
  const middle = randomEmbedding(random)
  const everybody = middle.map(value => (value / Math.hypot(...middle)) * spread.centre)
  const centres = Array.from({ length: people }, () => around(everybody, spread.people))
  const faceOf = (person: number) => meanEmbedding([around(centres[person]!, spread.faces)], LENGTH)
  const faces = Array.from({ length: people * photosEach }, (_, n): CrowdFace => {
    const photo = String(Math.floor(n / facesPerPhoto)).padStart(4, '0')
    return {
      faceId: `${photo}-${n % facesPerPhoto}`,
      photoId: photo,
      quality: 0.5 + random() / 2,
      embedding: faceOf(n % people),
      person: n % people,
    }
  })
  return { faces, probes: centres.map((_, person) => ({ embedding: faceOf(person), quality: 0.9 })) }
}

/** The mean of embeddings, of the length given or as it comes. */
export function meanEmbedding(embeddings: readonly Float32Array[], length?: number): Float32Array {
  const mean = new Float32Array(DIMENSIONS).map((_, i) => embeddings.reduce((sum, one) => sum + one[i]!, 0))
  const scale = length === undefined ? 1 / embeddings.length : length / Math.hypot(...mean)
  return mean.map(value => value * scale)
}
