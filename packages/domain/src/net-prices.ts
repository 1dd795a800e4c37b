/** What of an order costs something: a photo with its price. */
export interface PricedLine {
  photoId: string
  /** Satang, before any coupon. */
  unitPrice: number
}

/**
 * What a coupon takes off each photo, in proportion to its price: everyone the floor of their exact part, and the satang
 * left over one each to the largest fractions, ties by photo id. A photo's price less this is its net price, which its
 * photographer, organizer and studio share, and which is given back when it is refunded.
 *
 * @param off satang in all; at most what the lines cost
 * @returns satang by photo; their sum is `off`, and none is more than the photo's price
 * @throws RangeError when that is not so, or a photo appears twice: a bug in the caller
 */
export function discounts(off: number, lines: readonly PricedLine[]): Map<string, number> {
  const sum = lines.reduce((total, { unitPrice }) => total + unitPrice, 0)
  if (!Number.isSafeInteger(off) || off < 0 || off > sum) throw new RangeError(`${off} satang cannot be taken off`)
  if (new Set(lines.map(({ photoId }) => photoId)).size !== lines.length) throw new RangeError('a photo appears twice')
  const parts = lines.map(({ photoId, unitPrice }) => {
    const exact = BigInt(off) * BigInt(unitPrice)
    const whole = BigInt(sum || 1)
    return { photoId, satang: Number(exact / whole), fraction: exact % whole }
  })
  const leftOver = off - parts.reduce((total, { satang }) => total + satang, 0)
  const byFraction = [...parts].sort((a, b) =>
    a.fraction === b.fraction ? (a.photoId < b.photoId ? -1 : 1) : a.fraction > b.fraction ? -1 : 1,
  )
  for (const part of byFraction.slice(0, leftOver)) part.satang += 1
  return new Map(parts.map(({ photoId, satang }) => [photoId, satang]))
}
