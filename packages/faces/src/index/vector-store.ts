import { DIMENSIONS } from './embedding.ts'
import { loadKernel } from './load-kernel.ts'
import type { RowHits } from './order-hits.ts'
import { encodeProbe } from './probe-bounds.ts'
import { largestTurned, plainRotation, trainRotation } from './train-rotation.ts'
import type { Rotation } from './train-rotation.ts'

/** The embeddings by row, with what the scan's sieves need beside them. Rows are dense, as in the face table. */
export interface VectorStore {
  /** Memory held, in bytes. */
  readonly bytes: number
  append(embedding: Float32Array): void
  overwrite(row: number, embedding: Float32Array): void
  /** A copy of a row. */
  read(row: number): Float32Array
  /** Drops the last row after copying it over `row`. */
  removeBySwap(row: number): void
  /** Chooses better axes once there are enough rows to learn them from. To be called after a batch of changes. */
  tune(): void
  /** Every row whose distance is within the threshold, and no other. */
  scan(probe: Float32Array, threshold: number): RowHits
  /** The memory as a snapshot keeps it: a view of it as it is now, to be copied before the next change. */
  dump(): Uint8Array
}

const PAGE = 65_536
/** Below, a scan takes a millisecond with any axes. */
const ROWS_TO_LEARN_FROM = 16_384
const SAMPLE = 4_096
/** The steps of the codes are made for every fourth of them; larger numbers are cut and cost a little speed. */
const SCALE_EVERY = 4
/** Rows per call into the kernel: V8 can swap in the optimised code between two calls, not inside one. */
const ROWS_PER_CALL = 16_384
const FIRST_STEP = 0.6 / 127

/**
 * @param from rows and what `dump` gave for them
 * @param learnFrom rows from which on `tune` learns axes
 */
export function createVectorStore(
  from?: { rows: number; dump: Uint8Array },
  learnFrom = ROWS_TO_LEARN_FROM,
): VectorStore {
  const memory = new WebAssembly.Memory({ initial: Math.max(2, Math.ceil((from?.dump.length ?? 0) / PAGE)) })
  const kernel = loadKernel(memory)
  const { at } = kernel
  let whole = new Float32Array(memory.buffer)
  let size = from?.rows ?? 0
  let learned = false
  if (from) new Uint8Array(memory.buffer).set(from.dump)
  else useRotation(plainRotation(), FIRST_STEP, FIRST_STEP)
  let { rotation, steps } = readRotation()
  learned = from !== undefined && rotation.axes[0] !== 1

  /** Part of the memory, in bytes from its start. Growing the memory replaces its buffer. */
  function floats(offset: number, length: number): Float32Array<ArrayBuffer> {
    if (whole.buffer !== memory.buffer) whole = new Float32Array(memory.buffer)
    return whole.subarray(offset / 4, offset / 4 + length)
  }

  function embeddingAt(row: number): number {
    const block = at.BLOCKS + Math.floor(row / at.BLOCK_ROWS) * at.BLOCK_BYTES
    return block + at.EMBEDDINGS + (row % at.BLOCK_ROWS) * DIMENSIONS * 4
  }

  function end(): number {
    return at.BLOCKS + Math.ceil(size / at.BLOCK_ROWS) * at.BLOCK_BYTES
  }

  function useRotation(next: Rotation, head: number, tail: number): void {
    floats(at.MEAN, DIMENSIONS).set(next.mean)
    floats(at.ROTATION, DIMENSIONS * DIMENSIONS).set(next.axes)
    new Float64Array(memory.buffer, at.HEAD_SCALE, 3).set([head, tail, next.deviation])
  }

  function readRotation(): { rotation: Rotation; steps: { head: number; tail: number } } {
    const [head = 0, tail = 0, deviation = 0] = new Float64Array(memory.buffer, at.HEAD_SCALE, 3)
    const mean = floats(at.MEAN, DIMENSIONS).slice()
    const axes = floats(at.ROTATION, DIMENSIONS * DIMENSIONS).slice()
    return { rotation: { mean, axes, deviation }, steps: { head, tail } }
  }

  /** Opens the block of a new last row, growing the memory by a tenth at least: growing moves nothing. */
  function openLast(): void {
    if (size % at.BLOCK_ROWS !== 1) return
    const missing = Math.ceil((end() - memory.buffer.byteLength) / PAGE)
    if (missing > 0) memory.grow(Math.max(missing, Math.min(Math.ceil(memory.buffer.byteLength / PAGE / 10), 1024)))
    kernel.openBlock(size - 1)
  }

  function write(row: number, embedding: Float32Array): void {
    if (whole.buffer !== memory.buffer) whole = new Float32Array(memory.buffer)
    whole.set(embedding, embeddingAt(row) / 4)
    kernel.encode(row, steps.head, steps.tail)
  }

  function encodeAll(): void {
    for (let row = 0; row < size; row += 1) {
      if (row % at.BLOCK_ROWS === 0) kernel.openBlock(row)
      kernel.encode(row, steps.head, steps.tail)
    }
  }

  /** A probe must not outlive its search, nor a row its removal, least of all in a snapshot. */
  function wipeScratch(): void {
    new Uint8Array(memory.buffer, 0, at.NEXT).fill(0)
  }

  function tune(): void {
    if (learned || size < learnFrom) return
    const length = Math.min(SAMPLE, size)
    const sample = Array.from({ length }, (_, n) => read(Math.floor((n * size) / length)))
    const next = trainRotation(sample)
    const reach = largestTurned(
      sample.filter((_, n) => n % SCALE_EVERY === 0),
      next,
    )
    useRotation(next, stepFor(reach.head), stepFor(reach.tail))
    ;({ rotation, steps } = readRotation())
    learned = true
    encodeAll()
  }

  function read(row: number): Float32Array {
    return floats(embeddingAt(row), DIMENSIONS).slice()
  }

  return {
    get bytes() {
      return end() + rotation.axes.byteLength
    },
    append(embedding) {
      size += 1
      openLast()
      write(size - 1, embedding)
    },
    overwrite: write,
    read,
    removeBySwap(row) {
      size -= 1
      if (row !== size) kernel.move(size, row)
      kernel.clear(size)
      wipeScratch()
    },
    tune,
    scan(probe, threshold) {
      const hits: RowHits = { rows: [], distances: [] }
      const encoded = encodeProbe(probe, threshold, rotation, steps)
      new Int16Array(memory.buffer, at.PROBE_HEAD, DIMENSIONS / 2).set(encoded.head)
      new Int16Array(memory.buffer, at.PROBE_TAIL, DIMENSIONS / 2).set(encoded.tail)
      new Float64Array(memory.buffer, at.PROBE, DIMENSIONS).set(probe)
      const view = new DataView(memory.buffer)
      for (let row = 0; row < size; row = view.getUint32(at.NEXT, true)) {
        const found = kernel.scan(row, Math.min(size, row + ROWS_PER_CALL), ...encoded.bounds)
        for (let hit = at.HITS; hit < at.HITS + found * 16; hit += 16) {
          const distance = Math.sqrt(view.getFloat64(hit + 8, true))
          if (distance > threshold) continue
          hits.rows.push(view.getUint32(hit, true))
          hits.distances.push(distance)
        }
      }
      wipeScratch()
      return hits
    },
    dump() {
      wipeScratch()
      return new Uint8Array(memory.buffer, 0, end())
    },
  }
}

/** The step of codes that reach a little beyond the largest number seen; never zero, which could not be divided by. */
const stepFor = (largest: number): number => Math.max(1.1 * largest, 1e-6) / 127
