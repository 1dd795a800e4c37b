import { splitRevenue } from './split.ts'
import { saleShares, type Shares } from './split-rules.ts'

/** Photos that were sold alike: how many, and what each brought. */
export interface SoldAlike {
  /** Satang of one photo after VAT and fee. */
  net: number
  count: number
  hasOrganizer: boolean
  /** False where the seller's own staff uploaded them. */
  isPayee: boolean
}

/** Satang by party. */
export interface Parts {
  platform: number
  studio: number
  photographer: number
  organizer: number
}

/**
 * What shares would have paid for photos that were sold, each split and rounded by itself as a sale is.
 *
 * @param isHouse whether the house studio sold them: then the studio's share is the platform's
 */
export function simulateSplit(sold: readonly SoldAlike[], shares: Shares, isHouse: boolean): Parts {
  const total: Parts = { platform: 0, studio: 0, photographer: 0, organizer: 0 }
  for (const { net, count, hasOrganizer, isPayee } of sold) {
    const parties = { isHouse, organizerId: hasOrganizer ? 'organizer' : null, isPayee, rateBp: null }
    const paid = saleShares({ ...shares, photographerId: null }, parties)
    const parts = splitRevenue(net, [
      { party: 'platform', bp: paid.platformBp },
      { party: 'studio', bp: paid.studioBp },
      { party: 'photographer', bp: paid.photographerBp },
      { party: 'organizer', bp: paid.organizerBp },
    ])
    for (const party of Object.keys(total) as (keyof Parts)[]) total[party] += count * parts.get(party)!
  }
  return total
}
