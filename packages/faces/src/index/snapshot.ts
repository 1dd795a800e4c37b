import { setImmediate as nextTurn } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import type { MemoryDump } from './dump-memory.ts'
import type { FaceColumns } from './face-table.ts'

/** Raised whenever the format changes. A snapshot of an older format is refused and built again from the database. */
const FORMAT = 3
const MAGIC = 'PIXFACES'
const SUM_BYTES = 4
const PAGE = 65_536
/** Bytes handled at a time. So few stay in the processor's cache between the check and the copy. */
const PIECE = 262_144

interface Snapshot {
  modelVersion: string
  /** The caller's counter of changes to the event's faces at the moment of the snapshot. */
  revision: number
  columns: FaceColumns
}

interface Header {
  format: number
  modelVersion: string
  revision: number
  rows: number
  photos: number
  oddIds: [faces: string[], photos: string[]]
  vectorBytes: number
}

/** The bytes are damaged, of another format or of another model: load the faces from the database instead. */
export class SnapshotRefused extends Error {
  override readonly name = 'SnapshotRefused'
}

/** Reads a snapshot in pieces of any size. It takes no memory beside that of the index that it fills. */
export interface SnapshotReader {
  /** @throws SnapshotRefused as soon as the bytes cannot be right */
  push(bytes: Uint8Array): void
  /** @throws SnapshotRefused when something is missing */
  finish(): Snapshot & { memory: WebAssembly.Memory }
}

/**
 * Lays an index out as bytes: magic, length of the header, header (JSON), checksum, face ids, photo ids, photo numbers,
 * qualities, vectors, checksum. A checksum is the CRC-32 of all before it. It finds damage and no forgery. The
 * bytes come in pieces of at most `PIECE`, with a turn of the event loop between, so that searches need not wait.
 */
export async function* writeSnapshot(
  { modelVersion, revision, columns }: Snapshot,
  vectors: MemoryDump,
): AsyncGenerator<Uint8Array, void, void> {
  let sum = 0
  function summed(bytes: Uint8Array): Uint8Array {
    sum = crc32(bytes, sum)
    return bytes
  }
  yield summed(headOf({ modelVersion, revision, columns }, vectors.byteLength))
  yield summed(littleEndian(sum))
  for (const section of [...sectionsOf(columns).map(cut), vectors.pieces()]) {
    for (const piece of section) {
      yield summed(piece)
      await nextTurn()
    }
  }
  yield littleEndian(sum)
}

function headOf({ modelVersion, revision, columns }: Snapshot, vectorBytes: number): Uint8Array {
  const header: Header = {
    format: FORMAT,
    modelVersion,
    revision,
    rows: columns.size,
    photos: columns.photoCount,
    oddIds: [columns.faceIds.odd, columns.photoIds.odd],
    vectorBytes,
  }
  const head = Buffer.from(JSON.stringify(header))
  return Buffer.concat([Buffer.from(MAGIC), littleEndian(head.length), head])
}

function littleEndian(number: number): Buffer {
  const bytes = Buffer.alloc(SUM_BYTES)
  bytes.writeUInt32LE(number)
  return bytes
}

function* cut(section: Uint8Array): Generator<Uint8Array, void, void> {
  for (let at = 0; at < section.length; at += PIECE) yield section.subarray(at, at + PIECE)
}

export function createSnapshotReader(modelVersion: string): SnapshotReader {
  let sum = 0
  const targets = readTargets(modelVersion, () => sum)
  let step = targets.next()
  let filled = 0

  /** Copies what fits into the current target; returns how much that was. */
  function fill(target: Uint8Array, bytes: Uint8Array): number {
    const piece = bytes.subarray(0, Math.min(PIECE, target.length - filled))
    sum = crc32(piece, sum)
    target.set(piece, filled)
    filled += piece.length
    return piece.length
  }

  return {
    push(bytes) {
      for (let rest = bytes; rest.length > 0;) {
        if (step.done) throw new SnapshotRefused('longer than it says')
        rest = rest.subarray(fill(step.value, rest))
        while (!step.done && filled === step.value.length) {
          filled = 0
          step = targets.next()
        }
      }
    },
    finish() {
      if (!step.done) throw new SnapshotRefused('cut short')
      return step.value
    },
  }
}

/** Yields the memory that the next bytes are read into, and checks it once it is full. */
function* readTargets(
  modelVersion: string,
  sumSoFar: () => number,
): Generator<Uint8Array, ReturnType<SnapshotReader['finish']>, void> {
  const prefix = Buffer.alloc(MAGIC.length + 4)
  yield prefix
  if (prefix.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new SnapshotRefused('not an index snapshot')
  const head = yield* readHead(prefix.readUInt32LE(MAGIC.length))
  yield* readSum(sumSoFar())
  // The checksum is compared before any number is used.
  const header = JSON.parse(Buffer.concat(head).toString()) as Header
  if (header.format !== FORMAT) throw new SnapshotRefused(`format ${header.format} is not ${FORMAT}`)
  if (header.modelVersion !== modelVersion) throw new SnapshotRefused(`of model ${header.modelVersion}`)

  const columns = columnsFor(header)
  const memory = new WebAssembly.Memory({ initial: Math.ceil(header.vectorBytes / PAGE) })
  for (const section of [...sectionsOf(columns), new Uint8Array(memory.buffer, 0, header.vectorBytes)]) yield section
  yield* readSum(sumSoFar())
  return { modelVersion, revision: header.revision, columns, memory }
}

/** Piece by piece: a damaged length must not become a large piece of memory. */
function* readHead(length: number): Generator<Uint8Array, Uint8Array[], void> {
  const pieces: Uint8Array[] = []
  for (let left = length; left > 0; left -= PIECE) {
    const piece = new Uint8Array(Math.min(left, PIECE))
    yield piece
    pieces.push(piece)
  }
  return pieces
}

function* readSum(expected: number): Generator<Uint8Array, void, void> {
  const sum = Buffer.alloc(SUM_BYTES)
  yield sum
  if (sum.readUInt32LE() !== expected) throw new SnapshotRefused('checksum differs')
}

function columnsFor({ rows, photos, oddIds }: Header): FaceColumns {
  return {
    size: rows,
    photoCount: photos,
    faceIds: { words: new Uint32Array(4 * rows), odd: oddIds[0] },
    photoIds: { words: new Uint32Array(4 * photos), odd: oddIds[1] },
    photos: new Uint32Array(rows),
    qualities: new Float64Array(rows),
  }
}

/** The memory of the columns, in the order in which a snapshot holds them. */
function sectionsOf({ faceIds, photoIds, photos, qualities }: FaceColumns): Uint8Array[] {
  return [faceIds.words, photoIds.words, photos, qualities].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  )
}
