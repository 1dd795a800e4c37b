import { beginDump } from './dump-memory.ts'
import type { MemoryDump, RunningDump } from './dump-memory.ts'
import { DIMENSIONS } from './embedding.ts'
import { loadKernel } from './load-kernel.ts'
import { createHitRoom } from './row-hits.ts'
import type { RowHits } from './row-hits.ts'
import { encodeProbe } from './probe-bounds.ts'
import { fitQuantizer, plainQuantizer } from './scalar-quantizer.ts'
import type { Quantizer } from './scalar-quantizer.ts'

/** The embeddings by row, with what the scan's sieve needs beside them. Rows are dense, as in the face table. */
export interface VectorStore {
  /** Memory held, in bytes. */
  readonly bytes: number
  /** Searched from the next `settle` on. */
  append(embedding: Float32Array): void
  overwrite(row: number, embedding: Float32Array): void
  /** A copy of a row. */
  read(row: number): Float32Array
  /** Copies a row's first numbers, as many as there is room for. */
  readFirst(row: number, into: Float32Array): void
  /** Drops the last row after copying it over `row`. */
  removeBySwap(row: number): void
  /**
   * To be called after a batch of changes: encodes what was appended, and fits the codes to the rows once there are enough
   * of them.
   */
  settle(): void
  /**
   * Hands over every row whose distance is within the threshold, and no other, in the order of the rows. They lie in
   * memory that is wiped when `use` returns.
   */
  scan<T>(probe: Float32Array, threshold: number, use: (hits: RowHits) => T): T
  /** The memory as a snapshot keeps it, as it is now, whatever changes while it is read. It ends the dump before. */
  dump(): MemoryDump
}

const PAGE = 65_536
const EMBEDDING_BYTES = DIMENSIONS * 4
const GROUP_ROWS = 4
/** Rows opened at a time: a multiple of those of a group, and a part of a segment. */
const OPENED = 256
/** Below, a scan takes a fraction of a millisecond with any codes. */
const ROWS_TO_LEARN_FROM = 4_096
const SAMPLE = 4_096
/** Shared by all indexes of a process. */
const room = createHitRoom()

/**
 * @param from rows and a memory that holds what `dump` gave for them
 * @param learnFrom rows from which on `settle` fits the codes to them
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
  if (!from) useQuantizer(plainQuantizer())
  let quantizer = readQuantizer()
  let learned = quantizer.mean.some(value => value !== 0)

  /** Part of the memory, in bytes from its start. Growing the memory replaces its buffer. */
  function floats(offset: number, length: number): Float32Array<ArrayBuffer> {
    if (whole.buffer !== memory.buffer) whole = new Float32Array(memory.buffer)
    return whole.subarray(offset / 4, offset / 4 + length)
  }

  function segmentAt(row: number): number {
    return at.SEGMENTS + Math.floor(row / at.SEGMENT_ROWS) * at.SEGMENT_BYTES
  }

  function groupAt(row: number): number {
    return segmentAt(row) + Math.floor((row % at.SEGMENT_ROWS) / GROUP_ROWS) * at.GROUP_BYTES
  }

  function embeddingAt(row: number): number {
    return segmentAt(row) + at.EMBEDDINGS + (row % at.SEGMENT_ROWS) * EMBEDDING_BYTES
  }

  /** Where the memory in use ends: behind the embedding of the last row that is open. */
  function end(): number {
    return size === 0 ? at.SEGMENTS : embeddingAt(Math.ceil(size / OPENED) * OPENED - 1) + EMBEDDING_BYTES
  }

  function useQuantizer({ mean, steps }: Quantizer): void {
    floats(at.MEAN, DIMENSIONS).set(mean)
    floats(at.STEPS, DIMENSIONS).set(steps)
  }

  function readQuantizer(): Quantizer {
    return { mean: floats(at.MEAN, DIMENSIONS).slice(), steps: floats(at.STEPS, DIMENSIONS).slice() }
  }

  /** Opens some rows when the first of them is needed; the memory grows by a tenth at least: growing moves nothing. */
  function openLast(): void {
    if (size % OPENED !== 1) return
    const missing = Math.ceil((end() - memory.buffer.byteLength) / PAGE)
    if (missing > 0) memory.grow(Math.max(missing, Math.min(Math.ceil(memory.buffer.byteLength / PAGE / 10), 1024)))
    kernel.openRows(size - 1, size - 1 + OPENED)
  }

  function changing(row: number): void {
    dumped?.changing(groupAt(row), groupAt(row) + at.GROUP_BYTES)
    dumped?.changing(embeddingAt(row), embeddingAt(row) + EMBEDDING_BYTES)
  }

  function write(row: number, embedding: Float32Array): void {
    if (whole.buffer !== memory.buffer) whole = new Float32Array(memory.buffer)
    whole.set(embedding, embeddingAt(row) / 4)
  }

  function encodeFrom(row: number): void {
    kernel.encode(row, size)
    settled = size
  }

  /** Wipes a probe after its search and a row after its removal, so that no snapshot holds them. */
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
    dumped?.changing(0, end())
    quantizer = fitQuantizer(sample)
    useQuantizer(quantizer)
    learned = true
    encodeFrom(0)
  }

  function read(row: number): Float32Array {
    return floats(embeddingAt(row), DIMENSIONS).slice()
  }

  return {
    get bytes() {
      return end()
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
    readFirst(row, into) {
      if (whole.buffer !== memory.buffer) whole = new Float32Array(memory.buffer)
      const from = embeddingAt(row) / 4
      for (let n = 0; n < into.length; n += 1) into[n] = whole[from + n]!
    },
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
      const encoded = encodeProbe(probe, threshold, quantizer)
      new Int16Array(memory.buffer, at.WEIGHTS, encoded.weights.length).set(encoded.weights)
      new Float64Array(memory.buffer, at.PROBE, DIMENSIONS).set(probe)
      new Float64Array(memory.buffer, at.BOUNDS, encoded.bounds.length).set(encoded.bounds)
      let count = 0
      for (let row = 0; row < size; row += at.SEGMENT_ROWS) {
        const found = kernel.scan(row, Math.min(size, row + at.SEGMENT_ROWS))
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
      dumped = beginDump(end(), (from, to) => new Uint8Array(memory.buffer, from, to - from).slice())
      return dumped
    },
  }
}
