import type { Client } from 'pg'
import type { BankCharge } from './bank.ts'
import type { Deposit, Withdrawal } from './statement.ts'

/** What the banks have written down. */
export interface BankFacts {
  charges: readonly BankCharge[]
  deposits: readonly Deposit[]
  withdrawals: readonly Withdrawal[]
}

/** What the shop has. Money in satang. */
export interface Books {
  /** Amounts by the bank's name of the payment. */
  receipts: Map<string, number>
  /** What the shop knows of its attempts, by reference: their state and the gateway's name of them. */
  attempts: Map<string, string>
  /** Numbers of orders that some money was applied to and whose photos were not all given back. */
  applied: Set<string>
  /** What came into the account of the gateways, and what it holds now. */
  takenIn: number
  clearing: number
  /** What payees were paid out beyond all their shares. */
  beyondShares: number
  unbalanced: number
  /** Refunds of shares that were paid out: entries after which a payee's balance was below 0. */
  carried: number
  refunded: number
  duplicates: number
  slips: { sent: number; arrived: number; refused: number; repeated: number; waiting: number }
}

const OF_CLEARING = `from ledger_entries e join ledger_accounts a on a.id = e.account_id
  join ledger_postings p on p.id = e.posting_id where a.kind = 'gateway_clearing'`

const BEYOND_SHARES = `select coalesce(sum(greatest(paid - earned, 0)), 0) from (
  select -coalesce(sum(e.amount) filter (where p.kind in ('sale', 'withholding')), 0) as earned,
    coalesce(sum(e.amount) filter (where p.kind in ('payout', 'payout_return') and l.party::text || '_payable' = a.kind::text and l.owner_id = a.owner_id), 0) as paid
  from ledger_accounts a join ledger_entries e on e.account_id = a.id join ledger_postings p on p.id = e.posting_id
  left join payout_lines l on l.id = p.source_id
  where a.owner_id is not null group by a.id) t`

const CARRIED = `select count(*) from (
  select p.kind, sum(e.amount) over (partition by e.account_id order by p.position, e.id) as owed_back
  from ledger_entries e join ledger_accounts a on a.id = e.account_id join ledger_postings p on p.id = e.posting_id
  where a.owner_id is not null) t where kind = 'refund' and owed_back > 0`

const DUPLICATES = `select
  (select count(*) - count(distinct order_id) from ledger_postings where kind = 'sale')
  + (select count(*) - count(distinct line_id) from entitlements)
  + (select count(*) - count(distinct source_id) from ledger_postings where kind = 'refund')
  + (select count(*) - count(distinct source_id) from ledger_postings where kind = 'payout_transfer')
  + (select count(*) - count(distinct (studio_id, number)) from documents)
  + (select count(*) - count(distinct dedupe_key) from outgoing_mail)`

/** Reads the shop's books as its database has them. */
export async function readBooks(database: Client): Promise<Books> {
  const number = async (sql: string) => Number(Object.values((await database.query(sql)).rows[0] as object)[0] ?? 0)
  const rows = async <T>(sql: string) => (await database.query(sql)).rows as T[]
  const receipts = await rows<{ trans_id: string; amount: number }>(
    'select trans_id, amount::int as amount from receipts',
  )
  const applied = await rows<{ number: string }>(`select o.number from orders o
    where o.status in ('paid', 'fulfilled', 'partially_refunded', 'refund_pending')
      and exists (select from order_lines l where l.order_id = o.id
        and not exists (select from refund_lines r where r.line_id = l.id and not r.refused))`)
  const attempts = await rows<{ ref1: string; known: string }>(
    `select ref1, concat_ws(' ', state, trans_id) as known from payments`,
  )
  const slips = await rows<Books['slips']>(`select count(*)::int as sent,
    count(*) filter (where state = 'arrived')::int as arrived, count(*) filter (where state = 'not_arrived')::int as refused,
    count(*) filter (where state = 'repeated')::int as repeated,
    count(*) filter (where state in ('reading', 'waiting'))::int as waiting from slips`)
  return {
    receipts: new Map(receipts.map(row => [row.trans_id, row.amount])),
    attempts: new Map(attempts.map(row => [row.ref1, row.known])),
    applied: new Set(applied.map(row => row.number)),
    takenIn: await number(
      `select coalesce(sum(e.amount), 0) ${OF_CLEARING} and p.kind in ('sale', 'unapplied_receipt')`,
    ),
    clearing: await number(`select coalesce(sum(e.amount), 0) ${OF_CLEARING}`),
    beyondShares: await number(BEYOND_SHARES),
    unbalanced: await number(
      'select coalesce(sum(abs(total)), 0) from (select sum(amount) as total from ledger_entries group by posting_id) t',
    ),
    carried: await number(CARRIED),
    refunded: await number(`select count(*) from refunds where state = 'transferred'`),
    duplicates: await number(DUPLICATES),
    slips: slips[0]!,
  }
}
