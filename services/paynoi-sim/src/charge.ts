import { formatBaht } from '@pix/domain/money.ts'
import type { Faults } from './faults.ts'

type ChargeStatus = 'pending' | 'completed' | 'failed'

/** Whose protocol a charge was made by. */
export type Protocol = 'paynoi' | 'omise'

export interface Charge {
  protocol: Protocol
  transId: string
  ref1: string
  /** Satang the shop asked for, and what the customer is to pay. */
  asked: number
  due: number
  status: ChargeStatus
  createdAt: Date
  expiresAt: Date
  paidAt: Date | null
  faults: Faults
}

/** A charge as tests and pages see it, in the protocol's words. */
export const describeCharge = (charge: Charge) => ({
  trans_id: charge.transId,
  ref1: charge.ref1,
  amount: formatBaht(charge.due),
  payment_status: charge.status,
  created_at: charge.createdAt.toISOString(),
  expire_at: charge.expiresAt.toISOString(),
  paid_at: charge.paidAt?.toISOString() ?? null,
  faults: charge.faults,
})
