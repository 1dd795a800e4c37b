/** Who is on which row. Rows are dense: removing one moves the last row into the gap. */
export interface FaceTable {
  readonly size: number
  readonly photoCount: number
  /** Rough heap use in bytes. */
  readonly bytes: number
  faceAt(row: number): string
  photoAt(row: number): string
  qualityAt(row: number): number
  /** The row of a face, or -1. */
  rowOf(photoId: string, faceId: string): number
  /** The rows of a photo, in no promised order. */
  rowsOf(photoId: string): number[]
  append(faceId: string, photoId: string, quality: number): number
  setQuality(row: number, quality: number): void
  /** Drops a row; the last row takes its place. Returns the row that moved, or -1 when the last one was dropped. */
  remove(row: number): number
  /** Everything, in row order, as a snapshot keeps it. */
  columns(): FaceColumns
}

/** `photos[n]` indexes `photoIds`; all but `photoIds` have one entry per row. */
export interface FaceColumns {
  faceIds: string[]
  photoIds: string[]
  photos: Uint32Array
  qualities: Float64Array
}

const NONE = -1
/** Two strings of 36 letters with their headers, a map entry and the rows' numbers, as V8 holds them. */
const BYTES_PER_FACE = 56 + 8 + 4 + 4 + 8
const BYTES_PER_PHOTO = 56 + 8 + 48

export function createFaceTable(from?: FaceColumns): FaceTable {
  const faceIds = from?.faceIds ?? []
  const photoIds = from?.photoIds ?? []
  const slots = new Map<string, number>()
  const heads: number[] = photoIds.map(() => NONE)
  const freeSlots: number[] = []
  let photos = from?.photos ?? new Uint32Array(16)
  let qualities = from?.qualities ?? new Float64Array(16)
  /** The next row of the same photo: each photo's rows form a list from its head. */
  let nexts = new Int32Array(Math.max(16, faceIds.length))

  photoIds.forEach((photoId, slot) => slots.set(photoId, slot))
  for (let row = 0; row < faceIds.length; row += 1) link(row, photos[row]!)

  function link(row: number, slot: number): void {
    photos[row] = slot
    nexts[row] = heads[slot]!
    heads[slot] = row
  }

  function reserve(rows: number): void {
    if (rows <= nexts.length) return
    const length = Math.max(rows, nexts.length * 2)
    photos = grown(photos, new Uint32Array(length))
    nexts = grown(nexts, new Int32Array(length))
    qualities = grown(qualities, new Float64Array(length))
  }

  function slotFor(photoId: string): number {
    const known = slots.get(photoId)
    if (known !== undefined) return known
    const slot = freeSlots.pop() ?? photoIds.length
    photoIds[slot] = photoId
    heads[slot] = NONE
    slots.set(photoId, slot)
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
    for (let row = heads[slots.get(photoId) ?? NONE] ?? NONE; row !== NONE; row = nexts[row]!) rows.push(row)
    return rows
  }

  function unlink(row: number): void {
    redirect(row, nexts[row]!)
    const slot = photos[row]!
    if (heads[slot] !== NONE) return
    slots.delete(photoIds[slot]!)
    photoIds[slot] = ''
    freeSlots.push(slot)
  }

  return {
    get size() {
      return faceIds.length
    },
    get photoCount() {
      return slots.size
    },
    get bytes() {
      return nexts.length * BYTES_PER_FACE + photoIds.length * BYTES_PER_PHOTO
    },
    faceAt: row => faceIds[row]!,
    photoAt: row => photoIds[photos[row]!]!,
    qualityAt: row => qualities[row]!,
    rowOf: (photoId, faceId) => rowsOf(photoId).find(row => faceIds[row] === faceId) ?? NONE,
    rowsOf,
    append(faceId, photoId, quality) {
      const row = faceIds.length
      reserve(row + 1)
      faceIds.push(faceId)
      qualities[row] = quality
      link(row, slotFor(photoId))
      return row
    },
    setQuality(row, quality) {
      qualities[row] = quality
    },
    remove(row) {
      unlink(row)
      const last = faceIds.length - 1
      if (row !== last) {
        redirect(last, row)
        faceIds[row] = faceIds[last]!
        photos[row] = photos[last]!
        nexts[row] = nexts[last]!
        qualities[row] = qualities[last]!
      }
      faceIds.pop()
      return row === last ? NONE : last
    },
    columns: () => packed(faceIds, photoIds, photos, qualities),
  }
}

/** A copy without the slots of photos that went. */
function packed(faceIds: string[], photoIds: string[], photos: Uint32Array, qualities: Float64Array): FaceColumns {
  const kept: string[] = []
  const places = photoIds.map(photoId => (photoId === '' ? NONE : kept.push(photoId) - 1))
  const size = faceIds.length
  return {
    faceIds: [...faceIds],
    photoIds: kept,
    photos: photos.slice(0, size).map(slot => places[slot]!),
    qualities: qualities.slice(0, size),
  }
}

function grown<T extends Uint32Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
