import { createHash } from 'node:crypto'
import type { FaceColumns } from './face-table.ts'

/** Raised whenever the bytes mean something else; an older snapshot is refused and built again from the database. */
const FORMAT = 1
const MAGIC = 'PIXFACES'
const DIGEST_BYTES = 32
const PREFIX_BYTES = MAGIC.length + 4

export interface SnapshotContent {
  modelVersion: string
  /** The caller's counter of changes to the event's faces at the moment of the snapshot. */
  revision: number
  columns: FaceColumns
  vectors: Uint8Array
}

interface Header {
  format: number
  modelVersion: string
  revision: number
  rows: number
  sections: [ids: number, photos: number, qualities: number, vectors: number]
}

/** The bytes are damaged, of another format or of another model: load the faces from the database instead. */
export class SnapshotRefused extends Error {
  override readonly name = 'SnapshotRefused'
}

/**
 * Lays an index out as bytes: magic, length of the header, header (JSON), ids (JSON), photo numbers, qualities,
 * vectors, SHA-256 of all before it. Sections start at multiples of 8 so that they can be read as they lie.
 */
export function packSnapshot({ modelVersion, revision, columns, vectors }: SnapshotContent): Uint8Array {
  const ids = Buffer.from(JSON.stringify([columns.faceIds, columns.photoIds]))
  const parts = [ids, bytesOf(columns.photos), bytesOf(columns.qualities), vectors]
  const sections = parts.map(part => part.byteLength) as Header['sections']
  const header: Header = { format: FORMAT, modelVersion, revision, rows: columns.faceIds.length, sections }
  const head = Buffer.from(JSON.stringify(header))

  const starts = layOut(head.byteLength, sections)
  const packed = new Uint8Array(starts.end + DIGEST_BYTES)
  packed.set(Buffer.from(MAGIC))
  new DataView(packed.buffer).setUint32(MAGIC.length, head.byteLength, true)
  packed.set(head, PREFIX_BYTES)
  parts.forEach((part, index) => packed.set(part, starts.sections[index]!))
  packed.set(digest(packed.subarray(0, starts.end)), starts.end)
  return packed
}

/** @throws SnapshotRefused when a bit is wrong or the format or the model is another */
export function unpackSnapshot(packed: Uint8Array, modelVersion: string): SnapshotContent {
  const header = readHeader(packed)
  if (header.format !== FORMAT) throw new SnapshotRefused(`format ${header.format} is not ${FORMAT}`)
  if (header.modelVersion !== modelVersion)
    throw new SnapshotRefused(`model ${header.modelVersion} is not ${modelVersion}`)

  const starts = layOut(headLength(packed), header.sections)
  const section = (index: number) =>
    packed.subarray(starts.sections[index]!, starts.sections[index]! + header.sections[index]!)
  const [faceIds, photoIds] = JSON.parse(Buffer.from(section(0)).toString()) as [string[], string[]]
  const photos = new Uint32Array(header.rows)
  bytesOf(photos).set(section(1))
  const qualities = new Float64Array(header.rows)
  bytesOf(qualities).set(section(2))
  const columns = { faceIds, photoIds, photos, qualities }
  return { modelVersion, revision: header.revision, columns, vectors: section(3) }
}

/** Nothing is believed before the checksum has been. */
function readHeader(packed: Uint8Array): Header {
  const magic = Buffer.from(packed.subarray(0, MAGIC.length)).toString('latin1')
  if (packed.length < PREFIX_BYTES + DIGEST_BYTES || magic !== MAGIC) throw new SnapshotRefused('not an index snapshot')
  const end = packed.length - DIGEST_BYTES
  if (!digest(packed.subarray(0, end)).equals(packed.subarray(end))) throw new SnapshotRefused('checksum differs')
  const head = packed.subarray(PREFIX_BYTES, PREFIX_BYTES + headLength(packed))
  return JSON.parse(Buffer.from(head).toString()) as Header
}

function headLength(packed: Uint8Array): number {
  return new DataView(packed.buffer, packed.byteOffset).getUint32(MAGIC.length, true)
}

function layOut(headBytes: number, sections: readonly number[]): { sections: number[]; end: number } {
  let at = aligned(PREFIX_BYTES + headBytes)
  const starts = sections.map(length => {
    const start = at
    at = aligned(at + length)
    return start
  })
  return { sections: starts, end: at }
}

const aligned = (offset: number): number => Math.ceil(offset / 8) * 8

const bytesOf = (array: Uint32Array | Float64Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
