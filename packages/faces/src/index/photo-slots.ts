import { createIdColumn, hashId, ID_WORDS } from './id-column.ts'
import type { IdColumns } from './id-column.ts'

/** A small number for each photo, used again when the photo is gone. */
export interface PhotoSlots {
  /** Photos held. */
  readonly size: number
  readonly bytes: number
  /** The photo's slot, or -1. */
  find(photoId: string): number
  /** The photo's slot; a free one when it has none. */
  take(photoId: string): number
  photoAt(slot: number): string
  free(slot: number): void
  /** Every photo held, and the place of each slot among them. */
  columns(): { ids: IdColumns; places: Int32Array }
}

const NONE = -1
const LEAST_ROOM = 32

/** A hash table of slots with open addressing, at most half full. */
export function createPhotoSlots(from?: { ids: IdColumns; count: number }): PhotoSlots {
  const ids = createIdColumn(from?.ids)
  const freed = new Set<number>()
  /** Slots ever used. */
  let used = from?.count ?? 0
  let table = new Int32Array(0)
  rebuild()

  function rebuild(): void {
    let room = LEAST_ROOM
    while (room < used * 4) room *= 2
    table = new Int32Array(room).fill(NONE)
    for (let slot = 0; slot < used; slot += 1) if (!freed.has(slot)) table[openPlace(ids.hashAt(slot))] = slot
  }

  function openPlace(hash: number): number {
    let at = hash & (table.length - 1)
    while (table[at] !== NONE) at = (at + 1) & (table.length - 1)
    return at
  }

  /** Where the table says the photo's slot, or would. */
  function placeOf(key: Uint32Array): number {
    let at = hashId(key) & (table.length - 1)
    while (table[at] !== NONE && !ids.is(table[at]!, key)) at = (at + 1) & (table.length - 1)
    return at
  }

  function find(photoId: string): number {
    const key = ids.keyOf(photoId)
    return key ? table[placeOf(key)]! : NONE
  }

  /** Closes the gap: whatever its own place would let move into it moves, so that no search stops too early. */
  function close(gap: number): void {
    const mask = table.length - 1
    for (let at = (gap + 1) & mask; table[at] !== NONE; at = (at + 1) & mask) {
      const wanted = ids.hashAt(table[at]!) & mask
      if (((at - wanted) & mask) < ((at - gap) & mask)) continue
      table[gap] = table[at]!
      gap = at
    }
    table[gap] = NONE
  }

  return {
    get size() {
      return used - freed.size
    },
    get bytes() {
      return ids.bytes + table.byteLength
    },
    find,
    take(photoId) {
      const key = ids.keyFor(photoId)
      const known = table[placeOf(key)]!
      if (known !== NONE) return known
      const [again] = freed
      const slot = again ?? used
      if (again === undefined) used += 1
      else freed.delete(again)
      ids.set(slot, key)
      if (used * 2 > table.length) rebuild()
      else table[openPlace(ids.hashAt(slot))] = slot
      return slot
    },
    photoAt: slot => ids.get(slot),
    free(slot) {
      close(placeOf(ids.keyOf(ids.get(slot))!))
      freed.add(slot)
    },
    columns() {
      const places = new Int32Array(used)
      const { words, odd } = ids.columns(used)
      let count = 0
      for (let slot = 0; slot < used; slot += 1) {
        if (freed.has(slot)) continue
        words.copyWithin(count * ID_WORDS, slot * ID_WORDS, (slot + 1) * ID_WORDS)
        places[slot] = count
        count += 1
      }
      return { ids: { words: words.slice(0, count * ID_WORDS), odd }, places }
    },
  }
}
