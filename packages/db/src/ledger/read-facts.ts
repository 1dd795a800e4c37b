import { sharesKey } from '@pix/domain/sale-entries.ts'
import type { PayoutLineState } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { among } from '../among.ts'
import type { Queryable } from '../client.ts'
import type { AdjustmentFacts, Facts, OrderFacts, Posted } from './expected-entries.ts'

/** The rows that these postings were made by. */
export async function readFacts(db: Queryable, postings: readonly (Posted & { id: string })[]): Promise<Facts> {
  const sourcesOf = (...kinds: string[]) =>
    postings.filter(one => kinds.includes(one.sourceKind)).map(one => one.sourceId)
  const sold = postings.filter(one => one.kind === 'sale' || one.sourceKind === 'refund')
  return {
    orders: await ordersOf(db, [...new Set(sold.flatMap(one => one.orderId ?? []))]),
    receipts: await receiptsOf(db, sourcesOf('receipt', 'application', 'shortfall')),
    refunds: await refundsOf(db, sourcesOf('refund', 'refund_transfer')),
    early: await earlyOf(
      db,
      sold.map(one => one.id),
    ),
    payouts: await payoutsOf(db, sourcesOf('payout', 'payout_transfer', 'withholding', 'payout_return')),
    adjustments: await adjustmentsOf(db, sourcesOf('adjustment')),
    settlements: await settlementsOf(db, sourcesOf('settlement')),
  }
}

async function ordersOf(db: Queryable, ids: readonly string[]): Promise<Map<string, OrderFacts>> {
  const found = new Map<string, OrderFacts>()
  if (ids.length === 0) return found
  // Three statements of one table each: over a join the planner mistakes how few rows these ids are.
  const orders = await db.execute<{ id: string; studioId: string; total: number }>(
    sql`select id, studio_id as "studioId", total from orders where ${among('id', ids)}`,
  )
  for (const { id, studioId, total } of orders.rows)
    found.set(id, { studioId, total: Number(total), lines: [], shares: new Map() })
  const lines = await db.execute<{
    orderId: string
    id: string
    eventId: string
    photoId: string
    photographerId: string
    netPrice: number
  }>(sql`
    select order_id as "orderId", id, event_id as "eventId", photo_id as "photoId", photographer_id as "photographerId",
      unit_price - discount as "netPrice"
    from order_lines where ${among('order_id', ids)} and kind = 'photo' order by position`)
  for (const { orderId, ...line } of lines.rows)
    found.get(orderId)?.lines.push({ ...line, netPrice: Number(line.netPrice) })
  const shares = await db.execute<{
    orderId: string
    eventId: string
    photographerId: string
    organizerId: string | null
    platformBp: number
    studioBp: number
    photographerBp: number
    organizerBp: number
    vatBp: number
    feeBp: number
  }>(sql`
    select order_id as "orderId", event_id as "eventId", photographer_id as "photographerId",
      organizer_id as "organizerId", platform_bp as "platformBp", studio_bp as "studioBp",
      photographer_bp as "photographerBp", organizer_bp as "organizerBp", vat_bp as "vatBp", fee_bp as "feeBp"
    from order_shares where ${among('order_id', ids)}`)
  for (const row of shares.rows) found.get(row.orderId)?.shares.set(sharesKey(row), row)
  return found
}

const satang = (value: string | null): number | null => (value === null ? null : Number(value))

async function receiptsOf(db: Queryable, ids: readonly string[]): Promise<Facts['receipts']> {
  if (ids.length === 0) return new Map()
  const { rows } = await db.execute<{ id: string; amount: string | null; short: string | null; waited: boolean }>(
    sql`select id, amount, short, reason is not null as waited from receipts where ${among('id', ids)}`,
  )
  return new Map(
    rows.map(({ id, amount, short, waited }) => [id, { amount: satang(amount), short: satang(short), waited }]),
  )
}

async function refundsOf(db: Queryable, ids: readonly string[]): Promise<Facts['refunds']> {
  if (ids.length === 0) return new Map()
  const { rows } = await db.execute<{ id: string; amount: string; lines: string[] | null }>(sql`
    select r.id, r.amount, array_agg(l.line_id) filter (where l.line_id is not null and not l.refused) as lines
    from refunds r left join refund_lines l on l.refund_id = r.id where ${among('r.id', ids)} group by r.id`)
  return new Map(rows.map(({ id, amount, lines }) => [id, { amount: Number(amount), lineIds: new Set(lines) }]))
}

async function earlyOf(db: Queryable, ids: readonly string[]): Promise<Facts['early']> {
  if (ids.length === 0) return new Set()
  const { rows } = await db.execute<{ id: string }>(
    sql`select posting_id as id from ledger_early_postings where ${among('posting_id', ids)}`,
  )
  return new Set(rows.map(({ id }) => id))
}

async function payoutsOf(db: Queryable, ids: readonly string[]): Promise<Facts['payouts']> {
  if (ids.length === 0) return new Map()
  const { rows } = await db.execute<{
    id: string
    studioId: string
    state: PayoutLineState
    party: string
    ownerId: string
    gross: string
    withheld: string
    wasPaid: boolean
  }>(sql`
    select id, studio_id as "studioId", state, party, owner_id as "ownerId", gross, withheld, paid_at is not null as "wasPaid"
    from payout_lines where ${among('id', ids)}`)
  return new Map(
    rows.map(({ id, gross, withheld, ...row }) => [id, { ...row, gross: Number(gross), withheld: Number(withheld) }]),
  )
}

async function adjustmentsOf(db: Queryable, ids: readonly string[]): Promise<Facts['adjustments']> {
  if (ids.length === 0) return new Map()
  const { rows } = await db.execute<Omit<AdjustmentFacts, 'amount'> & { id: string; amount: string }>(sql`
    select id, from_kind as "fromKind", from_owner as "fromOwner", to_kind as "toKind", to_owner as "toOwner", amount
    from ledger_adjustments where ${among('id', ids)}`)
  return new Map(rows.map(({ id, ...row }) => [id, { ...row, amount: Number(row.amount) }]))
}

async function settlementsOf(db: Queryable, ids: readonly string[]): Promise<Facts['settlements']> {
  if (ids.length === 0) return new Map()
  const { rows } = await db.execute<{ id: string; fee: string }>(
    sql`select id, fee from gateway_settlements where ${among('id', ids)}`,
  )
  return new Map(rows.map(({ id, fee }) => [id, Number(fee)]))
}
