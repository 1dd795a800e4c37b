import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Books } from './books.ts'
import type { Charge, Protocol } from './charge.ts'
import { type FaultChange, type Faults, NO_FAULTS, withChange } from './faults.ts'

/** The gateway's charges; what is changed of one is in its books before it is announced. */
export interface Bank {
  faults: Faults
  create(input: { protocol: Protocol; amount: number; ref1: string }): Charge
  find(transId: string): Charge | undefined
  /** Newest first. */
  all(): Charge[]
  /** The customer pays; a second payment is a charge of its own. */
  pay(charge: Charge): Charge
  fail(charge: Charge): void
  changeFaults(charge: Charge, change: z.output<typeof FaultChange>): void
}

/** Charges kept at most; the oldest are forgotten. */
const LIMIT = 5_000

export function openBank(books: Books): Bank {
  const charges = new Map(books.read(LIMIT).map(charge => [charge.transId, charge]))

  const add = (charge: Charge): Charge => {
    charges.set(charge.transId, charge)
    books.write(charge)
    const [oldest] = charges.keys()
    if (charges.size > LIMIT && oldest !== undefined) charges.delete(oldest)
    return charge
  }

  return {
    faults: NO_FAULTS,
    create({ protocol, amount, ref1 }) {
      const now = Date.now()
      return add({
        protocol,
        transId: newTransId(protocol),
        ref1,
        asked: amount,
        due: Math.max(1, amount + this.faults.satang),
        status: 'pending',
        createdAt: new Date(now),
        expiresAt: new Date(now + this.faults.expiresInSeconds * 1_000),
        paidAt: null,
        faults: this.faults,
      })
    },
    find: transId => charges.get(transId),
    all: () => [...charges.values()].toReversed(),
    pay(charge) {
      const paid = charge.status === 'completed' ? { ...charge, transId: newTransId(charge.protocol) } : charge
      return add(Object.assign(paid, { status: 'completed', paidAt: new Date() }))
    },
    fail(charge) {
      if (charge.status === 'pending') add(Object.assign(charge, { status: 'failed' }))
    },
    changeFaults: (charge, change) => void add(Object.assign(charge, { faults: withChange(charge.faults, change) })),
  }
}

const newTransId = (protocol: Protocol) => {
  const id = randomBytes(9).toString('hex')
  return protocol === 'omise' ? `chrg_test_${id}` : `PN${id.toUpperCase()}`
}
