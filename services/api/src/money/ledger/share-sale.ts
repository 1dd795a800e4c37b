import { splitRevenue } from '@pix/domain/split.ts'

export interface SaleShares {
  /** Satang, the three together what the order costs. */
  platform: number
  organizer: number
  /** By photographer. */
  photographers: Map<string, number>
}

/**
 * Who earns what of an order: each photo's price is split among platform, its photographer and the event's organizer
 * (spec/50), and the shares are added up by payee. Without an organizer that share is the platform's.
 */
export function shareSale(
  items: readonly { photographerId: string; unitPrice: number }[],
  rule: { platformBp: number; photographerBp: number; organizerBp: number },
  hasOrganizer: boolean,
): SaleShares {
  const shares = [
    { party: 'platform', bp: rule.platformBp + (hasOrganizer ? 0 : rule.organizerBp) },
    { party: 'photographer', bp: rule.photographerBp },
    { party: 'organizer', bp: hasOrganizer ? rule.organizerBp : 0 },
  ]
  const sale: SaleShares = { platform: 0, organizer: 0, photographers: new Map() }
  for (const { photographerId, unitPrice } of items) {
    const parts = splitRevenue(unitPrice, shares)
    sale.platform += parts.get('platform')!
    sale.organizer += parts.get('organizer')!
    const before = sale.photographers.get(photographerId) ?? 0
    sale.photographers.set(photographerId, before + parts.get('photographer')!)
  }
  return sale
}
