import { createIdColumn } from './id-column.ts'
import type { IdColumns } from './id-column.ts'
import { createPhotoSlots } from './photo-slots.ts'

/** Which face is on which row. Rows are dense: removing one moves the last row into the gap. */
export interface FaceTable {
  readonly size: number
  readonly photoCount: number
  /** Memory held, in bytes. */
  readonly bytes: number
  faceAt(row: number): string
  photoAt(row: number): string
  qualityAt(row: number): number
  /** The row of a face, or -1. */
  rowOf(photoId: string, faceId: string): number
  /** The rows of a photo, in no promised order. */
  rowsOf(photoId: string): number[]
  /** Sets a face's quality on its row; a new last one if it has none yet. Returns the row. */
  put(faceId: string, photoId: string, quality: number): number
  /** Drops a row; the last row takes its place. Returns the row that moved, or -1 when the last one was dropped. */
  remove(row: number): number
  /** Everything, in row order, as a snapshot keeps it. */
  columns(): FaceColumns
}

/** `photos[row]` is a place in `photoIds`; all but `photoIds` have one entry per row. */
export interface FaceColumns {
  size: number
  photoCount: number
  faceIds: IdColumns
  photoIds: IdColumns
  photos: Uint32Array
  qualities: Float64Array
}

const NONE = -1

export function createFaceTable(from?: FaceColumns): FaceTable {
  let size = from?.size ?? 0
  const faceIds = createIdColumn(from?.faceIds)
  const slots = createPhotoSlots(from && { ids: from.photoIds, count: from.photoCount })
  let photos: Uint32Array = from?.photos ?? new Uint32Array(16)
  let qualities: Float64Array = from?.qualities ?? new Float64Array(16)
  /** The next row of the same photo: each photo's rows form a list from its head. */
  let nexts = new Int32Array(Math.max(16, size))
  let heads = new Int32Array(Math.max(16, from?.photoCount ?? 0)).fill(NONE)

  for (let row = 0; row < size; row += 1) link(row, photos[row]!)

  function link(row: number, slot: number): void {
    photos[row] = slot
    nexts[row] = heads[slot]!
    heads[slot] = row
  }

  function reserve(rows: number): void {
    if (rows <= photos.length && rows <= nexts.length) return
    const length = Math.max(rows, 16, nexts.length * 2)
    photos = grown(photos, new Uint32Array(length))
    nexts = grown(nexts, new Int32Array(length))
    qualities = grown(qualities, new Float64Array(length))
  }

  function slotFor(photoId: string): number {
    const slot = slots.take(photoId)
    if (slot >= heads.length) heads = grown(heads, new Int32Array(heads.length * 2).fill(NONE))
    return slot
  }

  /** Makes the list of `row`'s photo point at `to` where it pointed at `row`. */
  function redirect(row: number, to: number): void {
    const slot = photos[row]!
    if (heads[slot] === row) {
      heads[slot] = to
      return
    }
    let before = heads[slot]!
    while (nexts[before] !== row) before = nexts[before]!
    nexts[before] = to
  }

  function rowsOf(photoId: string): number[] {
    const rows: number[] = []
    for (let row = heads[slots.find(photoId)] ?? NONE; row !== NONE; row = nexts[row]!) rows.push(row)
    return rows
  }

  function rowIn(slot: number, key: Uint32Array): number {
    let row = heads[slot]!
    while (row !== NONE && !faceIds.is(row, key)) row = nexts[row]!
    return row
  }

  function unlink(row: number): void {
    redirect(row, nexts[row]!)
    const slot = photos[row]!
    if (heads[slot] === NONE) slots.free(slot)
  }

  return {
    get size() {
      return size
    },
    get photoCount() {
      return slots.size
    },
    get bytes() {
      const columns = photos.byteLength + nexts.byteLength + qualities.byteLength + heads.byteLength
      return columns + faceIds.bytes + slots.bytes
    },
    faceAt: row => faceIds.get(row),
    photoAt: row => slots.photoAt(photos[row]!),
    qualityAt: row => qualities[row]!,
    rowOf(photoId, faceId) {
      const slot = slots.find(photoId)
      const key = slot === NONE ? undefined : faceIds.keyOf(faceId)
      return key ? rowIn(slot, key) : NONE
    },
    rowsOf,
    put(faceId, photoId, quality) {
      const slot = slotFor(photoId)
      const key = faceIds.keyFor(faceId)
      let row = rowIn(slot, key)
      if (row === NONE) {
        row = size
        reserve(row + 1)
        size += 1
        faceIds.set(row, key)
        link(row, slot)
      }
      qualities[row] = quality
      return row
    },
    remove(row) {
      unlink(row)
      size -= 1
      if (row !== size) {
        redirect(size, row)
        faceIds.copy(size, row)
        photos[row] = photos[size]!
        nexts[row] = nexts[size]!
        qualities[row] = qualities[size]!
      }
      return row === size ? NONE : size
    },
    columns() {
      const { ids, places } = slots.columns()
      return {
        size,
        photoCount: slots.size,
        faceIds: faceIds.columns(size),
        photoIds: ids,
        photos: photos.slice(0, size).map(slot => places[slot]!),
        qualities: qualities.slice(0, size),
      }
    },
  }
}

function grown<T extends Uint32Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
