import { deductions } from './deductions.ts'
import { splitRevenue } from './split.ts'
import type { Shares } from './split-rules.ts'

/** A line of an order of which somebody gets a share: a sold photo. */
export interface SoldLine {
  id: string
  eventId: string
  photoId: string
  photographerId: string
  /** What was paid for it, after any coupon. Satang. */
  netPrice: number
}

/** What was sold, and what came in for it. */
export interface Sale {
  /** The studio whose payable account gets the studio's shares. */
  studioId: string
  /** Satang. */
  received: number
  /** Satang: what the order costs. */
  total: number
  lines: readonly SoldLine[]
}

/** Who gets what of a photographer's photos of an event, as the order froze it. The shares are of the net. */
export interface FrozenShares extends Shares {
  /** Null where the event had no organizer: that share is the platform's. */
  organizerId: string | null
  /** VAT that the price includes and the gateway's fee, basis points: they come off before the split. */
  vatBp: number
  feeBp: number
}

/** One line of a posting. Entries without `lineId` concern the money as it came. */
export interface SaleEntry {
  account:
    | 'gateway_clearing'
    | 'platform_revenue'
    | 'studio_payable'
    | 'photographer_payable'
    | 'organizer_payable'
    | 'vat_payable'
    | 'gateway_fees'
    | 'payment_rounding'
  /** The owner, for an account that is kept for each payee. */
  ownerId?: string
  /** Satang: debit positive, credit negative; never 0. */
  amount: number
  lineId?: string
  photoId?: string
  eventId?: string
}

/** The key of what an order froze for a photographer's photos of an event. */
export const sharesKey = (of: Pick<SoldLine, 'eventId' | 'photographerId'>): string =>
  `${of.eventId} ${of.photographerId}`

/**
 * A sale as the ledger posts it (spec/50). Of each line's price VAT and fee come off; the net is split among platform,
 * studio, its photographer and its event's organizer. There is one entry for each of them, so that the entries of one
 * line reverse exactly that line. What the gateway added or took off to distinguish payers is rounding: the platform's,
 * outside the split.
 *
 * @param frozen by `sharesKey`
 * @returns entries that add up to 0
 * @throws RangeError when the lines are not what the order costs: the difference would look like the gateway's rounding
 */
export function saleEntries(
  { studioId, received, total, lines }: Sale,
  frozen: ReadonlyMap<string, FrozenShares>,
): SaleEntry[] {
  if (lines.reduce((sum, line) => sum + line.netPrice, 0) !== total) throw new RangeError('lines are not the total')
  const sold = lines.map(line => {
    const shares = frozen.get(sharesKey(line))
    if (!shares) throw new RangeError('a photo has no split rule')
    return { ...line, shares }
  })
  const off = deductions(sold.map(({ netPrice, shares }) => ({ price: netPrice, ...shares })))
  const entries: SaleEntry[] = [
    { account: 'gateway_clearing', amount: received },
    ...sold.flatMap((line, at) => lineEntries(line, studioId, off[at]!)),
    { account: 'payment_rounding', amount: total - received },
  ]
  return entries.filter(entry => entry.amount !== 0)
}

function lineEntries(
  line: SoldLine & { shares: FrozenShares },
  studioId: string,
  { vat, fee }: { vat: number; fee: number },
): SaleEntry[] {
  const { id: lineId, eventId, photoId, photographerId, netPrice, shares } = line
  const { platformBp, studioBp, photographerBp, organizerBp, organizerId } = shares
  if (organizerBp > 0 && organizerId === null) throw new RangeError('an organizer’s share has no organizer')
  const parts = splitRevenue(netPrice - vat - fee, [
    { party: 'platform', bp: platformBp },
    { party: 'studio', bp: studioBp },
    { party: 'photographer', bp: photographerBp },
    { party: 'organizer', bp: organizerBp },
  ])
  const of = { lineId, photoId, eventId }
  return [
    { account: 'platform_revenue', amount: -parts.get('platform')!, ...of },
    { account: 'studio_payable', ownerId: studioId, amount: -parts.get('studio')!, ...of },
    { account: 'photographer_payable', ownerId: photographerId, amount: -parts.get('photographer')!, ...of },
    ...(organizerId === null
      ? []
      : [{ account: 'organizer_payable' as const, ownerId: organizerId, amount: -parts.get('organizer')!, ...of }]),
    { account: 'vat_payable', amount: -vat, ...of },
    { account: 'gateway_fees', amount: -fee, ...of },
  ]
}
