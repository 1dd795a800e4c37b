import { splitRevenue } from '@pix/domain/split.ts'

/** Satang, the three together what the photo cost. */
export interface Shares {
  platform: number
  photographer: number
  organizer: number
}

/**
 * Who earns what of a sold photo: its price is split among platform, its photographer and the event's organizer
 * (spec/50). Without an organizer that share is the platform's.
 *
 * @param unitPrice satang
 */
export function sharePhoto(
  unitPrice: number,
  rule: { platformBp: number; photographerBp: number; organizerBp: number },
  hasOrganizer: boolean,
): Shares {
  const parts = splitRevenue(unitPrice, [
    { party: 'platform', bp: rule.platformBp + (hasOrganizer ? 0 : rule.organizerBp) },
    { party: 'photographer', bp: rule.photographerBp },
    { party: 'organizer', bp: hasOrganizer ? rule.organizerBp : 0 },
  ])
  return {
    platform: parts.get('platform')!,
    photographer: parts.get('photographer')!,
    organizer: parts.get('organizer')!,
  }
}
