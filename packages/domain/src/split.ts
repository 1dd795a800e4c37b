import { inProportion } from './in-proportion.ts'

export interface Share {
  party: string
  /** Basis points, 1/100 %. */
  bp: number
}

/**
 * Divides a sale among its parties so that no satang is made or lost, ties to the earlier share: the same sale always splits
 * the same way (spec/50).
 *
 * @param total satang, a non-negative safe integer
 * @param shares basis points, summing to exactly 10,000; one per party
 * @throws RangeError when either does not hold: a bug in the caller, never user input
 */
export function splitRevenue(total: number, shares: readonly Share[]): Map<string, number> {
  checkSatang(total)
  if (shares.reduce((sum, share) => sum + share.bp, 0) !== 10_000) throw new RangeError('shares do not sum to 10000 bp')
  if (shares.some(share => !Number.isInteger(share.bp) || share.bp < 0)) throw new RangeError('a share is not whole')
  if (new Set(shares.map(share => share.party)).size !== shares.length) throw new RangeError('a party appears twice')

  const parts = inProportion(
    total,
    shares.map(share => share.bp),
  )
  return new Map(shares.map(({ party }, at) => [party, parts[at]!]))
}

/**
 * Spreads an order's total evenly over its photos: each gets the floor, and the satang left over go one each to the
 * first photos by id (spec/30 "Ties anywhere: by photo id").
 *
 * @param total satang
 * @param photoIds at least one, all different
 * @returns satang by photo; their sum is the total
 */
export function spreadOverPhotos(total: number, photoIds: readonly string[]): Map<string, number> {
  checkSatang(total)
  if (photoIds.length === 0) throw new RangeError('there is no photo to spread over')
  if (new Set(photoIds).size !== photoIds.length) throw new RangeError('a photo appears twice')
  const parts = inProportion(
    total,
    photoIds.map(() => 1),
  )
  return new Map([...photoIds].sort().map((photoId, rank) => [photoId, parts[rank]!]))
}

function checkSatang(total: number): void {
  if (!Number.isSafeInteger(total) || total < 0) throw new RangeError(`total ${total} is not whole satang`)
}
