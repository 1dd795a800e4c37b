import type { Order } from '@pix/contracts/orders.ts'
import type { Person } from '../person.ts'
import type { Bank } from './bank.ts'
import type { Fault } from './faults.ts'
import type { Statement } from './statement.ts'

/** One customer, what they want, and what goes wrong. */
export interface Errand {
  person: Person
  bank: Bank
  statement: Statement
  apiUrl: string
  photoIds: string[]
  fault: Fault
  /** Asks for the money of one photo, or of all, once they are there. */
  regrets: 'nothing' | 'one' | 'all'
}

/** What happened to one order, as its customer knows it. */
export interface Bought {
  fault: string
  orderId: string
  number: string
  /** Satang. */
  total: number
  photos: number
  status: Order['status']
  /** Originals that came down whole, by their SHA-256. */
  downloaded: number
  /** From the bank's payment to the page that says so; null where nobody paid, a person had to look, or nothing came of it. */
  fulfilledMs: number | null
  /** Whose money was asked back: of these photos, or what paid nothing. */
  asked: 'photos' | 'money' | null
  /** The bank has money for it, and neither photos nor word of kept money came yet. */
  isWaiting: boolean
}

/** One customer's order in the course of a run. */
export interface Purchase {
  errand: Errand
  bought: Bought
}
