import { Client } from 'pg'
import type { BankCharge } from './bank.ts'
import type { Bought } from './errand.ts'
import { FAULTS } from './faults.ts'
import { type BankFacts, type Books, readBooks } from './read-books.ts'

export interface Reckoning {
  /** Orders for which a bank has money: of a QR, or by a transfer to the account. */
  paidAtGateway: number
  fulfilled: number
  /** Refunds that were transferred. */
  refunded: number
  /** Transfers to payees that arrived, and those that came back. */
  paidOut: number
  paidOutSatang: number
  bounced: number
  /** Refunds that took a payee's balance below 0 after a payout. */
  carried: number
  /** Slips that were sent, and what happened to them. */
  slips: Books['slips']
  /** Money at a bank that no receipt of the shop knows; orders with money applied whose photos did not come down whole. */
  lost: number
  /** The first of them: charges with what the shop knows of them, references, orders. */
  lostNames: string[]
  /** Orders whose photos came down without money at a bank. */
  givenAway: number
  /**
   * Money at the banks less receipts; receipts less what the ledger took in; what the banks hold after refunds and payouts
   * less what the ledger says they hold; what payees got beyond their shares; postings that do not balance. Satang.
   */
  ledgerDifferenceSatang: number
  differences: Record<string, number>
  /** Sales, refunds, letters, documents, transfers beyond the one that each may have. */
  duplicates: number
}

/** Holds the shop's books against the journals of its banks and against what customers really got. */
export async function reckon(databaseUrl: string, bank: BankFacts, all: readonly Bought[]): Promise<Reckoning> {
  const database = new Client({ connectionString: databaseUrl })
  await database.connect()
  try {
    return compare(await readBooks(database), bank, all)
  } finally {
    await database.end()
  }
}

/** The books beside the journals of the banks and what customers have. */
export function compare(books: Books, bank: BankFacts, all: readonly Bought[]): Reckoning {
  const came = moneyThatCame(bank, all)
  const paidOrders = new Set(came.map(({ order }) => order))
  const unknown = came
    .filter(({ charge }) => !books.receipts.has(charge))
    .map(({ charge, ref1 }) => `${charge} ${ref1}: ${books.attempts.get(ref1)}`)
  const lost = [...unknown, ...all.filter(bought => isLost(bought, books)).map(({ number }) => number)]
  const inBanks =
    sum(came.map(({ amount }) => amount)) - sum(bank.withdrawals.filter(stays).map(({ amount }) => amount))
  const inReceipts = sum([...books.receipts.values()])
  const differences = {
    receipts: sum(came.map(({ amount }) => amount)) - inReceipts,
    takenIn: inReceipts - books.takenIn,
    banks: inBanks - books.clearing,
    beyondShares: books.beyondShares,
    unbalanced: books.unbalanced,
  }
  const payouts = bank.withdrawals.filter(({ kind }) => kind === 'payout')
  return {
    paidAtGateway: paidOrders.size,
    fulfilled: all.filter(({ downloaded }) => downloaded > 0).length,
    refunded: books.refunded,
    paidOut: payouts.filter(stays).length,
    paidOutSatang: sum(payouts.filter(stays).map(({ amount }) => amount)),
    bounced: payouts.length - payouts.filter(stays).length,
    carried: books.carried,
    slips: books.slips,
    lost: lost.length,
    lostNames: lost.slice(0, NAMED),
    givenAway: all.filter(({ downloaded, number }) => downloaded > 0 && !paidOrders.has(number)).length,
    ledgerDifferenceSatang: sum(Object.values(differences).map(Math.abs)),
    differences,
    duplicates:
      books.duplicates +
      bank.withdrawals.length -
      new Set(bank.withdrawals.map(({ kind, of }) => `${kind} ${of}`)).size,
  }
}

const NAMED = 20
const stays = ({ fate }: { fate: string }) => fate === 'arrives'

/** Its money was applied, and its photos are neither whole at its buyer nor asked back. */
const isLost = ({ number, downloaded, photos, asked }: Bought, { applied }: Books): boolean =>
  applied.has(number) && downloaded < photos && asked !== 'money'

/** Every payment that a bank has, by the name that the shop's receipt must have. */
function moneyThatCame({ charges, deposits }: BankFacts, all: readonly Bought[]) {
  const faultOf = new Map(all.map(bought => [bought.number, bought.fault]))
  const seen = new Set<string>()
  const byQr = charges
    .filter(charge => charge.payment_status === 'completed')
    .map(charge => {
      const order = numberOf(charge.ref1)
      // What the announcement says of a first payment through PayNoi is what came.
      const said = seen.has(order) ? 0 : (FAULTS.find(({ name }) => name === faultOf.get(order))?.difference ?? 0)
      seen.add(order)
      return { order, charge: charge.trans_id, ref1: charge.ref1, amount: satangOf(charge) + said }
    })
  return [
    ...byQr,
    ...deposits.map(({ orderNumber, reference, amount }) => ({
      order: orderNumber,
      charge: reference,
      ref1: 'by hand',
      amount,
    })),
  ]
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const satangOf = ({ amount }: BankCharge) => Math.round(Number(amount) * 100)

/** `PX26000123A2` is the second attempt of `PX-2026-000123`. */
const numberOf = (ref1: string) => ref1.replace(/^PX(\d\d)(\d+)A\d+$/, 'PX-20$1-$2')
