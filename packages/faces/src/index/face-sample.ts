export interface SampledFace {
  /** 128 float32 */
  embedding: Float32Array
  /** 0..1 */
  quality: number
}

/**
 * Some faces of an event, chosen by what is in their embeddings: the same faces give the same sample in every process,
 * however they came into it and in whatever order. Kept up to date as faces come; one that leaves has it chosen again.
 */
export interface FaceSample {
  added(face: SampledFace): void
  /** To be called before a face leaves or changes. */
  leaving(embedding: Float32Array): void
  /** @param all every face held: looked through only when the sample has to be chosen again */
  faces(all: () => Iterable<SampledFace>): SampledFace[]
}

/** @param known false when faces are held already that were never `added` */
export function createFaceSample(count: number, known = true): FaceSample {
  let kept: { key: number; face: SampledFace }[] = []
  let largest = 0
  let current = known

  function added({ embedding, quality }: SampledFace): void {
    const key = keyOf(embedding)
    if (kept.length === count) {
      if (key >= largest) return
      kept.splice(
        kept.findIndex(one => one.key === largest),
        1,
      )
    }
    kept.push({ key, face: { embedding: embedding.slice(), quality } })
    largest = kept.reduce((most, one) => Math.max(most, one.key), 0)
  }

  return {
    added(face) {
      if (current) added(face)
    },
    leaving(embedding) {
      if (!current || (kept.length === count && keyOf(embedding) > largest)) return
      current = false
      kept = []
    },
    faces(all) {
      if (!current) for (const face of all()) added(face)
      current = true
      return kept.map(({ face }) => face)
    },
  }
}

const numbers = new Float32Array(4)
const bits = new Uint32Array(numbers.buffer)

/** The bits of the first numbers, mixed: the last ones of a measured number are as good as drawn. */
function keyOf(embedding: Float32Array): number {
  for (let n = 0; n < 4; n += 1) numbers[n] = embedding[n]!
  let key = 0
  for (let n = 0; n < 4; n += 1) {
    key = Math.imul(key ^ bits[n]!, 0x9e37_79b1)
    key ^= key >>> 15
  }
  return key >>> 0
}
