import { splitRevenue } from './split.ts'

/** A line of an order that earns somebody something: a sold photo. */
export interface SoldLine {
  id: string
  eventId: string
  photoId: string
  photographerId: string
  /** Satang. */
  unitPrice: number
}

/** What was sold, and what came in for it. */
export interface Sale {
  /** Satang. */
  received: number
  /** Satang: what the order costs. */
  total: number
  lines: readonly SoldLine[]
}

/** Who shares in an event's sales: the rule that the order froze, and whose the organizer's share is. */
export interface EventShares {
  platformBp: number
  photographerBp: number
  organizerBp: number
  /** Null where the event has none: its share is the platform's. */
  organizerId: string | null
}

/** One line of a posting. Entries without `lineId` concern the money as it came. */
export interface SaleEntry {
  account: 'gateway_clearing' | 'platform_revenue' | 'photographer_payable' | 'organizer_payable' | 'payment_rounding'
  /** Of the accounts that are kept per payee. */
  ownerId?: string
  /** Satang: debit positive, credit negative; never 0. */
  amount: number
  lineId?: string
  photoId?: string
  eventId?: string
}

/**
 * A sale as the ledger posts it (spec/50). Each line's price is split among platform, its photographer and its event's
 * organizer, one entry for each party, so that the entries of one line reverse exactly that line. What the gateway added
 * or took off to tell payers apart is rounding: the platform's, outside the split.
 *
 * @param sharesOf by event
 * @returns entries that add up to 0
 * @throws RangeError when the lines are not what the order costs: the difference would look like the gateway's rounding
 */
export function saleEntries({ received, total, lines }: Sale, sharesOf: ReadonlyMap<string, EventShares>): SaleEntry[] {
  if (lines.reduce((sum, line) => sum + line.unitPrice, 0) !== total) throw new RangeError('lines are not the total')
  const entries: SaleEntry[] = [
    { account: 'gateway_clearing', amount: received },
    ...lines.flatMap(line => shareLine(line, sharesOf.get(line.eventId))),
    { account: 'payment_rounding', amount: total - received },
  ]
  return entries.filter(entry => entry.amount !== 0)
}

function shareLine({ id, eventId, photoId, photographerId, unitPrice }: SoldLine, shares?: EventShares): SaleEntry[] {
  if (!shares) throw new RangeError('an event has no split rule')
  const { organizerId } = shares
  const parts = splitRevenue(unitPrice, [
    { party: 'platform', bp: shares.platformBp + (organizerId === null ? shares.organizerBp : 0) },
    { party: 'photographer', bp: shares.photographerBp },
    { party: 'organizer', bp: organizerId === null ? 0 : shares.organizerBp },
  ])
  const of = { lineId: id, photoId, eventId }
  return [
    { account: 'platform_revenue', amount: -parts.get('platform')!, ...of },
    { account: 'photographer_payable', ownerId: photographerId, amount: -parts.get('photographer')!, ...of },
    ...(organizerId === null
      ? []
      : [{ account: 'organizer_payable' as const, ownerId: organizerId, amount: -parts.get('organizer')!, ...of }]),
  ]
}
