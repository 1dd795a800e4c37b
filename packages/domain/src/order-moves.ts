export type OrderStatus = 'pending' | 'awaiting_payment' | 'paid' | 'fulfilled' | 'expired' | 'cancelled'

/**
 * Where an order may go from where it is (spec/30). `pending` has not asked for a QR yet; an order of 0 baht is paid
 * without one. An expired order opens again at one tap; money that comes after expiry or cancelling still pays.
 */
const MOVES: Record<OrderStatus, readonly OrderStatus[]> = {
  pending: ['awaiting_payment', 'paid', 'expired', 'cancelled'],
  awaiting_payment: ['paid', 'expired', 'cancelled'],
  paid: ['fulfilled'],
  fulfilled: [],
  expired: ['awaiting_payment', 'paid'],
  cancelled: ['paid'],
}

export const mayMove = (from: OrderStatus, to: OrderStatus): boolean => MOVES[from].includes(to)

/** Downloads are open and the money is in the ledger. */
export const isBought = (status: OrderStatus): boolean => status === 'paid' || status === 'fulfilled'
