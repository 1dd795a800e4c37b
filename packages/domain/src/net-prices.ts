import { inProportion } from './in-proportion.ts'

/** A line of an order that costs something: a photo with its price. */
export interface PricedLine {
  photoId: string
  /** Satang, before any coupon. */
  unitPrice: number
}

/**
 * What a coupon takes off each photo, in proportion to its price, ties by photo id. A photo's price less this is its
 * net price: its photographer, organizer and studio share it, and a refund gives it back.
 *
 * @param off satang in all; at most what the lines cost
 * @returns satang by photo; their sum is `off`, and none is more than the photo's price
 * @throws RangeError when that is not so, or a photo appears twice: a bug in the caller
 */
export function discounts(off: number, lines: readonly PricedLine[]): Map<string, number> {
  const sum = lines.reduce((total, { unitPrice }) => total + unitPrice, 0)
  if (!Number.isSafeInteger(off) || off < 0 || off > sum) throw new RangeError(`${off} satang cannot be taken off`)
  if (new Set(lines.map(({ photoId }) => photoId)).size !== lines.length) throw new RangeError('a photo appears twice')
  const byId = lines.toSorted((a, b) => (a.photoId < b.photoId ? -1 : 1))
  const parts = inProportion(
    off,
    byId.map(({ unitPrice }) => unitPrice),
  )
  return new Map(byId.map(({ photoId }, at) => [photoId, parts[at]!]))
}
