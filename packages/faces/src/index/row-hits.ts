/** Rows found with their distances, side by side. */
export interface RowHits {
  rows: Uint32Array
  distances: Float64Array
}

/** Hits that may stay in memory between two searches: fresh memory costs more than finding them did. */
const KEPT_ROOM = 262_144

/** Room for hits that is used again and again: searches are synchronous, one at a time. */
export interface HitRoom {
  /** Room for this many; what was in it stays. */
  reserve(count: number): RowHits
  /** Overwrites what the last search left, which says much about its probe. */
  wipe(count: number): void
}

export function createHitRoom(): HitRoom {
  let room = emptyHits(0)
  return {
    reserve(count) {
      if (count > room.rows.length) {
        const larger = emptyHits(Math.max(count, 2 * room.rows.length, 1024))
        larger.rows.set(room.rows)
        larger.distances.set(room.distances)
        room = larger
      }
      return room
    },
    wipe(count) {
      room.rows.fill(0, 0, count)
      room.distances.fill(0, 0, count)
      if (room.rows.length > KEPT_ROOM) room = emptyHits(0)
    },
  }
}

export const emptyHits = (count: number): RowHits => ({
  rows: new Uint32Array(count),
  distances: new Float64Array(count),
})
