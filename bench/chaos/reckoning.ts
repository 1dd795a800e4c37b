import { Client } from 'pg'
import type { BankCharge } from './bank.ts'
import type { Bought } from './customer.ts'
import { FAULTS } from './faults.ts'

export interface Reckoning {
  /** Orders for which the bank has money. */
  paidAtGateway: number
  fulfilled: number
  refunded: number
  /** Charges that were paid at the bank and that no receipt of the shop knows. */
  lost: number
  /** Orders whose photos came down without money at the bank. */
  givenAway: number
  /** Money at the bank less receipts, receipts less what the ledger took in, postings that do not balance: all in satang. */
  ledgerDifferenceSatang: number
  /** Sales, refunds and letters beyond the one that each order or receipt may have. */
  duplicates: number
}

interface Row {
  trans_id: string
  amount: number
}

/** Holds the shop's books against the bank's own journal and against what customers really got. */
export async function reckon(
  databaseUrl: string,
  charges: readonly BankCharge[],
  all: readonly Bought[],
): Promise<Reckoning> {
  const database = new Client({ connectionString: databaseUrl })
  await database.connect()
  try {
    const number = async (sql: string) => Number(Object.values((await database.query(sql)).rows[0] as object)[0] ?? 0)
    const { rows } = await database.query<Row>('select trans_id, amount::int as amount from receipts')
    const receipts = new Map(rows.map(row => [row.trans_id, row.amount]))
    const paid = charges.filter(charge => charge.payment_status === 'completed')
    const byOrder = new Map<string, BankCharge[]>()
    for (const charge of paid) {
      const order = numberOf(charge.ref1)
      byOrder.set(order, [...(byOrder.get(order) ?? []), charge])
    }
    const taken = await number(`select coalesce(sum(e.amount), 0) from ledger_entries e
      join ledger_accounts a on a.id = e.account_id join ledger_postings p on p.id = e.posting_id
      where a.kind = 'gateway_clearing' and p.kind in ('sale', 'unapplied_receipt')`)
    const inReceipts = [...receipts.values()].reduce((sum, amount) => sum + amount, 0)
    const faultOf = new Map(all.map(bought => [bought.number, bought]))
    const expected = [...byOrder].flatMap(([order, made]) =>
      made.map((charge, at) => satangOf(charge) + (at === 0 ? differenceOf(faultOf.get(order)) : 0)),
    )
    const unbalanced = await number(
      'select coalesce(sum(abs(total)), 0) from (select sum(amount) as total from ledger_entries group by posting_id) t',
    )
    return {
      paidAtGateway: byOrder.size,
      fulfilled: all.filter(bought => bought.downloaded > 0).length,
      refunded: await number(`select count(*) from refunds where state = 'transferred'`),
      lost: paid.filter(charge => !receipts.has(charge.trans_id)).length,
      givenAway: all.filter(bought => bought.downloaded > 0 && !byOrder.has(bought.number)).length,
      ledgerDifferenceSatang: Math.abs(sum(expected) - inReceipts) + Math.abs(inReceipts - taken) + unbalanced,
      duplicates: await number(`select
        (select count(*) - count(distinct order_id) from ledger_postings where kind = 'sale')
        + (select count(*) - count(distinct line_id) from entitlements)
        + (select count(*) - count(distinct source_id) from ledger_postings where kind = 'refund')
        + (select count(*) - count(distinct dedupe_key) from outgoing_mail)`),
    }
  } finally {
    await database.end()
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const satangOf = ({ amount }: BankCharge) => Math.round(Number(amount) * 100)
const differenceOf = (bought: Bought | undefined) => FAULTS.find(({ name }) => name === bought?.fault)?.difference ?? 0

/** `PX26000123A2` is the second attempt of `PX-2026-000123`. */
const numberOf = (ref1: string) => ref1.replace(/^PX(\d\d)(\d+)A\d+$/, 'PX-20$1-$2')
