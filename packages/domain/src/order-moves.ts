export const ORDER_STATUSES = [
  'pending',
  'awaiting_payment',
  'paid',
  'fulfilled',
  'expired',
  'cancelled',
  'refund_pending',
  'refunded',
  'partially_refunded',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/**
 * Where an order may go from where it is (spec/30). `pending` has not asked for a QR yet; an order of 0 baht is paid
 * without one. An expired order opens again at one tap; money that comes after expiry or cancelling still pays. A refund
 * of some photos leaves the others to be refunded later.
 */
const MOVES: Record<OrderStatus, readonly OrderStatus[]> = {
  pending: ['awaiting_payment', 'paid', 'expired', 'cancelled'],
  awaiting_payment: ['paid', 'expired', 'cancelled'],
  paid: ['fulfilled'],
  fulfilled: ['refund_pending'],
  expired: ['awaiting_payment', 'paid'],
  cancelled: ['paid'],
  refund_pending: ['refunded', 'partially_refunded'],
  refunded: [],
  partially_refunded: ['refund_pending'],
}

export const mayMove = (from: OrderStatus, to: OrderStatus): boolean => MOVES[from].includes(to)

/** The statuses of an order that waits for its money: it may be paid, cancelled, or run out of time. */
export const OPEN_STATUSES: readonly OrderStatus[] = ['pending', 'awaiting_payment']

/** Whether an order waits for its money. */
export const isOpen = (status: OrderStatus): boolean => OPEN_STATUSES.includes(status)

/** The statuses of an order that ended without its money: it takes no money but by being opened again. */
export const ENDED_UNPAID: readonly OrderStatus[] = ['expired', 'cancelled']

const UNPAID: ReadonlySet<OrderStatus> = new Set([...OPEN_STATUSES, ...ENDED_UNPAID])

/**
 * Whether an order's money came in and its sale is in the ledger, whatever was refunded since: further money is a
 * second payment. The rows of entitlements, not this, say what its buyer may download.
 */
export const wasPaid = (status: OrderStatus): boolean => !UNPAID.has(status)
