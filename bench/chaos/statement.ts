import { randomBytes } from 'node:crypto'

/** Money that a customer transferred by hand. */
export interface Deposit {
  reference: string
  orderNumber: string
  /** Satang. */
  amount: number
  at: Date
  /** The shop took it in. */
  isTaken: boolean
}

/** Money that left the account. */
export interface Withdrawal {
  /** The name that its sender gave it; the bank carries out one transfer for each name. */
  name: string
  kind: 'refund' | 'payout'
  /** What must not be paid twice under two names: a refund, or a batch and the account that it pays to. */
  of: string
  /** Satang. */
  amount: number
  /** Whether the other bank took it; one that comes back late was reported as arrived before. */
  fate: 'arrives' | 'comes_back' | 'comes_back_late'
}

/** The platform's account as its bank keeps it: what came in by hand and what went out, apart from all that the shop knows. */
export function openStatement() {
  const deposits = new Map<string, Deposit>()
  const withdrawals = new Map<string, Withdrawal>()
  const lookalikes = new Map<string, { amount: number; isTried: boolean }>()
  return {
    deposits: () => [...deposits.values()],
    withdrawals: () => [...withdrawals.values()],
    /** A customer transfers money. @returns the bank's reference of it */
    deposit: (orderNumber: string, amount: number): string => {
      const reference = newReference()
      deposits.set(reference, { reference, orderNumber, amount, at: new Date(), isTaken: false })
      return reference
    },
    /** A reference under which staff see money that is a QR's in truth, which the gateway has: they may take it for a slip's. */
    lookalike: (amount: number): string => {
      const reference = newReference()
      lookalikes.set(reference, { amount, isTried: false })
      return reference
    },
    /** What staff find under a reference. */
    find: (reference: string): { amount: number; at: Date } | undefined => {
      const alike = lookalikes.get(reference)
      if (alike) alike.isTried = true
      return deposits.get(reference) ?? (alike && { amount: alike.amount, at: new Date() })
    },
    wasTried: (reference: string) => lookalikes.get(reference)?.isTried === true,
    take: (reference: string) => {
      const deposit = deposits.get(reference)
      if (deposit) deposit.isTaken = true
    },
    /** Carries an order of a transfer out, once for each name. */
    withdraw: (order: Withdrawal): Withdrawal => {
      const known = withdrawals.get(order.name)
      if (known && known.amount !== order.amount) throw new Error(`${order.name} was ordered with two amounts`)
      if (!known) withdrawals.set(order.name, order)
      return known ?? order
    },
  }
}
export type Statement = ReturnType<typeof openStatement>

/** A transfer that never was has one, too. */
export const newReference = () => `20261126${randomBytes(6).toString('hex').toUpperCase()}`
