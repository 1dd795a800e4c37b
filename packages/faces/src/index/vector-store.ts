import { beginDump } from './dump-blocks.ts'
import type { BlockDump, RunningDump } from './dump-blocks.ts'
import { DIMENSIONS } from './embedding.ts'
import { loadKernel } from './load-kernel.ts'
import { createHitRoom } from './row-hits.ts'
import type { RowHits } from './row-hits.ts'
import { encodeProbe } from './probe-bounds.ts'
import { largestTurned, PART, plainRotation, trainRotation } from './train-rotation.ts'
import type { Rotation } from './train-rotation.ts'

/** The embeddings by row, with what the scan's sieves need beside them. Rows are dense, as in the face table. */
export interface VectorStore {
  /** Memory held, in bytes. */
  readonly bytes: number
  /** Searched from the next `settle` on. */
  append(embedding: Float32Array): void
  overwrite(row: number, embedding: Float32Array): void
  /** A copy of a row. */
  read(row: number): Float32Array
  /** Drops the last row after copying it over `row`. */
  removeBySwap(row: number): void
  /**
   * To be called after a batch of changes: encodes what was appended, and chooses better axes once there are enough rows
   * to learn them from.
   */
  settle(): void
  /**
   * Hands over every row whose distance is within the threshold, and no other, in the order of the rows. They lie in
   * memory that is wiped when `use` returns.
   */
  scan<T>(probe: Float32Array, threshold: number, use: (hits: RowHits) => T): T
  /** The memory as a snapshot keeps it, as it is now, whatever changes while it is read. It ends the dump before. */
  dump(): BlockDump
}

const PAGE = 65_536
/** Below, a scan takes a millisecond with any axes. */
const ROWS_TO_LEARN_FROM = 16_384
const SAMPLE = 4_096
/** The steps of the codes are made for every fourth of them; larger numbers are cut and cost a little speed. */
const SCALE_EVERY = 4
const PLAIN_STEP = 0.6 / 127
/** Shared by all indexes of a process. */
const room = createHitRoom()

/**
 * @param from rows and a memory that holds what `dump` gave for them
 * @param learnFrom rows from which on `tune` learns axes
 */
export function createVectorStore(
  from?: { rows: number; memory: WebAssembly.Memory },
  learnFrom = ROWS_TO_LEARN_FROM,
): VectorStore {
  const memory = from?.memory ?? new WebAssembly.Memory({ initial: 2 })
  const kernel = loadKernel(memory)
  const { at } = kernel
  let whole = new Float32Array(memory.buffer)
  let size = from?.rows ?? 0
  /** Rows that are encoded: all but those appended since the last `settle`. */
  let settled = size
  let dumped: RunningDump | undefined
  let learned = false
  if (!from) useRotation(plainRotation(), PLAIN_STEP, PLAIN_STEP)
  let { rotation, steps } = readRotation()
  learned = from !== undefined && rotation.axes[0] !== 1

  /** Part of the memory, in bytes from its start. Growing the memory replaces its buffer. */
  function floats(offset: number, length: number): Float32Array<ArrayBuffer> {
    if (whole.buffer !== memory.buffer) whole = new Float32Array(memory.buffer)
    return whole.subarray(offset / 4, offset / 4 + length)
  }

  function placeOf(block: number): number {
    return at.BLOCKS + block * at.BLOCK_BYTES
  }

  function embeddingAt(row: number): number {
    return placeOf(Math.floor(row / at.BLOCK_ROWS)) + at.EMBEDDINGS + (row % at.BLOCK_ROWS) * DIMENSIONS * 4
  }

  function end(): number {
    return placeOf(Math.ceil(size / at.BLOCK_ROWS))
  }

  function useRotation(next: Rotation, first: number, second: number): void {
    floats(at.MEAN, DIMENSIONS).set(next.mean)
    floats(at.ROTATION, DIMENSIONS * 2 * PART).set(next.axes)
    new Float64Array(memory.buffer, at.FIRST_SCALE, 3).set([first, second, next.deviation])
  }

  function readRotation(): { rotation: Rotation; steps: { first: number; second: number } } {
    const [first = 0, second = 0, deviation = 0] = new Float64Array(memory.buffer, at.FIRST_SCALE, 3)
    const mean = floats(at.MEAN, DIMENSIONS).slice()
    const axes = floats(at.ROTATION, DIMENSIONS * 2 * PART).slice()
    return { rotation: { mean, axes, deviation }, steps: { first, second } }
  }

  /** Opens the block of a new last row, growing the memory by a tenth at least: growing moves nothing. */
  function openLast(): void {
    if (size % at.BLOCK_ROWS !== 1) return
    const missing = Math.ceil((end() - memory.buffer.byteLength) / PAGE)
    if (missing > 0) memory.grow(Math.max(missing, Math.min(Math.ceil(memory.buffer.byteLength / PAGE / 10), 1024)))
    kernel.openBlock(size - 1)
  }

  function changing(row: number): void {
    dumped?.changing(Math.floor(row / at.BLOCK_ROWS))
  }

  function write(row: number, embedding: Float32Array): void {
    if (whole.buffer !== memory.buffer) whole = new Float32Array(memory.buffer)
    whole.set(embedding, embeddingAt(row) / 4)
  }

  function encodeFrom(row: number): void {
    kernel.encode(row, size)
    settled = size
  }

  /** A probe must not outlive its search, nor a row its removal, least of all in a snapshot. */
  function wipeScratch(): void {
    new Uint8Array(memory.buffer, 0, at.KEPT).fill(0)
  }

  function settle(): void {
    if (learned || size < learnFrom) encodeFrom(settled)
    else learn()
  }

  function learn(): void {
    const length = Math.min(SAMPLE, size)
    const sample = Array.from({ length }, (_, n) => read(Math.floor((n * size) / length)))
    const next = trainRotation(sample)
    const reach = largestTurned(
      sample.filter((_, n) => n % SCALE_EVERY === 0),
      next,
    )
    useRotation(next, stepFor(reach.first), stepFor(reach.second))
    ;({ rotation, steps } = readRotation())
    learned = true
    for (let row = 0; row < size; row += at.BLOCK_ROWS) {
      changing(row)
      kernel.openBlock(row)
    }
    encodeFrom(0)
  }

  function read(row: number): Float32Array {
    return floats(embeddingAt(row), DIMENSIONS).slice()
  }

  return {
    get bytes() {
      return end() + rotation.axes.byteLength
    },
    append(embedding) {
      changing(size)
      size += 1
      openLast()
      write(size - 1, embedding)
    },
    overwrite(row, embedding) {
      changing(row)
      write(row, embedding)
      kernel.encode(row, row + 1)
    },
    read,
    removeBySwap(row) {
      size -= 1
      changing(row)
      changing(size)
      settled = Math.min(settled, size)
      if (row !== size) kernel.move(size, row)
      kernel.clear(size)
      wipeScratch()
    },
    settle,
    scan(probe, threshold, use) {
      const encoded = encodeProbe(probe, threshold, rotation, steps)
      new Int16Array(memory.buffer, at.PROBE_FIRST, PART).set(encoded.first)
      new Int16Array(memory.buffer, at.PROBE_SECOND, PART).set(encoded.second)
      new Float64Array(memory.buffer, at.PROBE, DIMENSIONS).set(probe)
      new Float64Array(memory.buffer, at.BOUNDS, encoded.bounds.length).set(encoded.bounds)
      let count = 0
      for (let row = 0; row < size; row += at.SCAN_ROWS) {
        const found = kernel.scan(row, Math.min(size, row + at.SCAN_ROWS))
        if (found === 0) continue
        const hits = room.reserve(count + found)
        hits.rows.set(new Uint32Array(memory.buffer, at.HIT_ROWS, found), count)
        hits.distances.set(new Float64Array(memory.buffer, at.HIT_DISTANCES, found), count)
        count += found
      }
      wipeScratch()
      const { rows, distances } = room.reserve(count)
      const used = use({ rows: rows.subarray(0, count), distances: distances.subarray(0, count) })
      room.wipe(count)
      return used
    },
    dump() {
      wipeScratch()
      dumped?.end()
      dumped = beginDump(new Uint8Array(memory.buffer, 0, at.BLOCKS).slice(), {
        count: Math.ceil(size / at.BLOCK_ROWS),
        bytes: at.BLOCK_BYTES,
        readBlock: block => new Uint8Array(memory.buffer, placeOf(block), at.BLOCK_BYTES).slice(),
      })
      return dumped
    },
  }
}

/** The step of codes that reach a little beyond the largest number seen; never zero, which could not be divided by. */
const stepFor = (largest: number): number => Math.max(1.1 * largest, 1e-6) / 127
