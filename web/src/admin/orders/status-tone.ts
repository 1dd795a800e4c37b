import type { OrderStatus } from '@pix/contracts/orders.ts'

const TONES = {
  pending: 'plain',
  awaiting_payment: 'warn',
  paid: 'ok',
  fulfilled: 'ok',
  expired: 'plain',
  cancelled: 'plain',
  refund_pending: 'warn',
  refunded: 'soft',
  partially_refunded: 'soft',
} as const satisfies Record<OrderStatus, string>

/** The badge of a state: open ones want a look, ended ones none. */
export const statusTone = (status: OrderStatus) => TONES[status]
