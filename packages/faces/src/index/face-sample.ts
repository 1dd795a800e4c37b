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
  /** @param held looked through only when the sample has to be chosen again */
  faces(held: HeldFaces): SampledFace[]
}

/** Every face held, by row. */
export interface HeldFaces {
  readonly size: number
  /** Copies the first numbers of a face's embedding, as many as there is room for: all that most faces are asked for. */
  readFirst(row: number, into: Float32Array): void
  faceAt(row: number): SampledFace
}

/** @param known false when faces are held already that were never `added` */
export function createFaceSample(count: number, known = true): FaceSample {
  let kept: { key: number; face: SampledFace }[] = []
  let largest = 0
  let current = known

  const isChosen = (key: number) => kept.length < count || key < largest

  function keep(key: number, face: SampledFace): void {
    if (kept.length === count) {
      kept.splice(
        kept.findIndex(one => one.key === largest),
        1,
      )
    }
    kept.push({ key, face })
    largest = kept.reduce((most, one) => Math.max(most, one.key), 0)
  }

  function chooseAgain(held: HeldFaces): void {
    for (let row = 0; row < held.size; row += 1) {
      held.readFirst(row, numbers)
      const key = keyOfNumbers()
      if (isChosen(key)) keep(key, held.faceAt(row))
    }
    current = true
  }

  return {
    added({ embedding, quality }) {
      const key = keyOf(embedding)
      if (current && isChosen(key)) keep(key, { embedding: embedding.slice(), quality })
    },
    leaving(embedding) {
      if (!current || (kept.length === count && keyOf(embedding) > largest)) return
      current = false
      kept = []
    },
    faces(held) {
      if (!current) chooseAgain(held)
      return kept.map(({ face }) => face)
    },
  }
}

const numbers = new Float32Array(4)
const bits = new Uint32Array(numbers.buffer)

/** The bits of the first numbers, mixed: the last ones of a measured number are as good as drawn. */
function keyOf(embedding: Float32Array): number {
  for (let n = 0; n < 4; n += 1) numbers[n] = embedding[n]!
  return keyOfNumbers()
}

function keyOfNumbers(): number {
  let key = 0
  for (let n = 0; n < 4; n += 1) {
    key = Math.imul(key ^ bits[n]!, 0x9e37_79b1)
    key ^= key >>> 15
  }
  return key >>> 0
}
