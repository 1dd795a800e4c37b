import { type FrozenShares, saleEntries, type SoldLine } from '@pix/domain/sale-entries.ts'
import type { PayoutLineState } from '@pix/domain/words.ts'
import { HOUSE_STUDIO } from '../house-studio.ts'

/** An order as its sale is recomputed from it. */
export interface OrderFacts {
  studioId: string
  /** Satang. */
  total: number
  lines: SoldLine[]
  /** By `sharesKey`. */
  shares: Map<string, FrozenShares>
}

/** The rows that postings were made by. */
export interface Facts {
  orders: ReadonlyMap<string, OrderFacts>
  receipts: ReadonlyMap<string, ReceiptFacts>
  refunds: ReadonlyMap<string, { amount: number; lineIds: ReadonlySet<string> }>
  payouts: ReadonlyMap<string, PayoutFacts>
  adjustments: ReadonlyMap<string, AdjustmentFacts>
  /** Satang of the fee by settlement. */
  settlements: ReadonlyMap<string, number>
  /** Postings of early releases, which cannot be recomputed. */
  early: ReadonlySet<string>
}

/** Money that came in as its postings are recomputed from it. Satang. */
export interface ReceiptFacts {
  /** Null where nobody said. */
  amount: number | null
  /** Null where nothing of the amount is missing. */
  short: number | null
  /** It paid nothing when it came. */
  waited: boolean
}

/** A line of a payout as its postings are recomputed from it. Satang. */
export interface PayoutFacts {
  studioId: string
  party: string
  ownerId: string
  gross: number
  withheld: number
  state: PayoutLineState
  /** The bank had confirmed it, also where it came back later. */
  wasPaid: boolean
}

/** A correction by hand as its posting is recomputed from it. Satang. */
export interface AdjustmentFacts {
  fromKind: string
  fromOwner: string | null
  toKind: string
  toOwner: string | null
  amount: number
}

export interface Posted {
  kind: string
  sourceKind: string
  sourceId: string
  orderId: string | null
  entries: readonly { account: string; ownerId: string | null; amount: number; lineId: string | null }[]
}

interface Expected {
  account: string
  ownerId?: string | null
  amount: number
  lineId?: string | null
}

/**
 * The entries that a posting must have, from the rows that it was made by.
 *
 * @throws RangeError where these rows are gone or do not make a sale
 */
export function expectedEntries(posted: Posted, facts: Facts): Expected[] {
  if (posted.sourceKind === 'receipt' || posted.sourceKind === 'application') {
    const { amount: received = null, short } = facts.receipts.get(posted.sourceId) ?? {}
    if (received === null) throw new RangeError('its receipt is gone')
    // What was short of money that waited was known before somebody applied it.
    if (posted.sourceKind === 'application') return saleOf(posted, facts, received - (short ?? 0))
    if (posted.kind === 'sale') return saleOf(posted, facts, received)
    return [
      { account: 'gateway_clearing', amount: received },
      { account: 'unapplied_receipts', amount: -received },
    ]
  }
  if (isOfPayout(posted)) return payoutEntries(posted, facts)
  if (posted.sourceKind === 'adjustment') return adjustmentEntries(posted, facts)
  if (posted.sourceKind === 'settlement') return settlementEntries(posted, facts)
  if (posted.sourceKind === 'shortfall') return shortfallEntries(posted, facts)
  const refund = facts.refunds.get(posted.sourceId)
  if (!refund) throw new RangeError('its refund is gone')
  const { amount, lineIds } = refund
  if (posted.sourceKind === 'refund_transfer')
    return [
      { account: 'refunds', amount },
      { account: 'gateway_clearing', amount: -amount },
    ]
  const taken =
    lineIds.size === 0
      ? [{ account: 'unapplied_receipts', amount }]
      : saleOf(posted, facts, null)
          .filter(entry => entry.lineId && lineIds.has(entry.lineId))
          .map(entry => ({ ...entry, amount: -entry.amount }))
  return [...taken, { account: 'refunds', amount: -amount }]
}

function adjustmentEntries({ sourceId }: Posted, { adjustments }: Facts): Expected[] {
  const adjustment = adjustments.get(sourceId)
  if (!adjustment) throw new RangeError('its correction is gone')
  const { fromKind, fromOwner, toKind, toOwner, amount } = adjustment
  return [
    { account: fromKind, ownerId: fromOwner, amount },
    { account: toKind, ownerId: toOwner, amount: -amount },
  ]
}

function settlementEntries({ sourceId }: Posted, { settlements }: Facts): Expected[] {
  const fee = settlements.get(sourceId)
  if (fee === undefined) throw new RangeError('its settlement is gone')
  return [
    { account: 'gateway_fees', amount: fee },
    { account: 'gateway_clearing', amount: -fee },
  ]
}

function shortfallEntries({ sourceId }: Posted, { receipts }: Facts): Expected[] {
  const { short = null, waited } = receipts.get(sourceId) ?? {}
  if (short === null) throw new RangeError('its receipt is not short')
  return [
    { account: waited ? 'unapplied_receipts' : 'payment_rounding', amount: short },
    { account: 'gateway_clearing', amount: -short },
  ]
}

const isOfPayout = ({ sourceKind }: Posted): boolean =>
  ['payout', 'payout_transfer', 'withholding', 'payout_return'].includes(sourceKind)

/** The posting that a line of a payout must have in its state. */
function dueOf({ state, withheld, wasPaid }: PayoutFacts): string[] {
  if (state === 'drafted' || state === 'discarded') return []
  return [
    'payout',
    ...(wasPaid ? ['payout_transfer'] : []),
    ...(wasPaid && withheld > 0 ? ['withholding'] : []),
    ...(state === 'bounced' ? ['payout_return'] : []),
  ]
}

function payoutEntries({ sourceKind, sourceId }: Posted, { payouts }: Facts): Expected[] {
  const payout = payouts.get(sourceId)
  if (!payout) throw new RangeError('its payout is gone')
  if (!dueOf(payout).includes(sourceKind)) throw new RangeError('its payout is not due')
  const { gross, withheld, wasPaid } = payout
  const payee = { account: `${payout.party}_payable`, ownerId: payout.ownerId }
  const move = (from: Omit<Expected, 'amount'>, to: Omit<Expected, 'amount'>, amount: number) =>
    amount === 0
      ? []
      : [
          { ...from, amount },
          { ...to, amount: -amount },
        ]
  const [clearing, gateway] = [{ account: 'payouts_clearing' }, { account: 'gateway_clearing' }]
  const tax =
    payout.studioId === HOUSE_STUDIO
      ? { account: 'withholding_tax_payable' }
      : { account: 'studio_payable', ownerId: payout.studioId }
  if (sourceKind === 'payout') return move(payee, clearing, gross)
  if (sourceKind === 'payout_transfer') return move(clearing, gateway, gross - withheld)
  if (sourceKind === 'withholding') return move(clearing, tax, withheld)
  if (!wasPaid) return move(clearing, payee, gross)
  return [
    { ...gateway, amount: gross - withheld },
    ...(withheld === 0 ? [] : [{ ...tax, amount: withheld }]),
    { ...payee, amount: -gross },
  ]
}

/** @param received null where only the shares of the lines are wanted */
function saleOf({ orderId, sourceKind, entries }: Posted, { orders }: Facts, received: number | null): Expected[] {
  const order = orderId === null ? undefined : orders.get(orderId)
  if (!order) throw new RangeError('its order is gone')
  // What was more than the order costs is owed back by the same posting.
  const surplus = sourceKind === 'application' ? -sumOf(entries, 'refunds') : 0
  const paid = (received ?? order.total) - surplus
  const made = saleEntries({ ...order, received: paid }, order.shares)
  if (sourceKind !== 'application') return made
  return [
    ...made.map(entry => (entry.account === 'gateway_clearing' ? { ...entry, account: 'unapplied_receipts' } : entry)),
    ...(surplus === 0
      ? []
      : [
          { account: 'unapplied_receipts', amount: surplus },
          { account: 'refunds', amount: -surplus },
        ]),
  ]
}

const sumOf = (entries: Posted['entries'], account: string): number =>
  entries.reduce((sum, entry) => (entry.account === account ? sum + entry.amount : sum), 0)

const keyOf = ({ account, ownerId, lineId, amount }: Expected): string =>
  `${account} ${ownerId ?? ''} ${lineId ?? ''} ${amount}`

/** Whether a posting has exactly these entries, in whatever order. */
export function hasEntries(posted: Posted, expected: readonly Expected[]): boolean {
  if (posted.entries.length !== expected.length) return false
  const counts = new Map<string, number>()
  for (const entry of expected) counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + 1)
  for (const entry of posted.entries) {
    const left = counts.get(keyOf(entry)) ?? 0
    if (left === 0) return false
    counts.set(keyOf(entry), left - 1)
  }
  return true
}

/** Whether a refund gives back the amount that it states, from whichever shares it is taken. */
export const isWholeRefund = (posted: Posted, { refunds }: Facts): boolean =>
  -sumOf(posted.entries, 'refunds') === refunds.get(posted.sourceId)?.amount

/**
 * Whether a sale of an early release, which has one entry for each party and none for a line, or froze no shares, shares
 * out what its order costs.
 */
export const isWholeOldSale = ({ orderId, entries }: Posted, { orders }: Facts): boolean =>
  orderId !== null &&
  -entries.reduce(
    (sum, { account, amount }) =>
      account === 'gateway_clearing' || account === 'payment_rounding' ? sum : sum + amount,
    0,
  ) === orders.get(orderId)?.total
