import type { Db } from '@pix/db/client.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { newId } from '@pix/db/ids.ts'
import { sql } from 'drizzle-orm'
import { makeNewId, withTriggersResting } from '../fill.ts'

const FILLED = [
  'orders',
  'order_events',
  'order_lines',
  'order_shares',
  'payments',
  'receipts',
  'ledger_postings',
  'ledger_entries',
]

/** Satang of a photo, and what each party has of it. */
const PRICE = 6_000
const PLATFORM = { bp: 3_000, amount: 1_800 }
const PHOTOGRAPHER = { bp: 7_000, amount: 4_200 }

/** Sales at equal distances between two moments. */
export interface Sales {
  count: number
  from: Date
  to: Date
}

/**
 * Sales of one photo each, of one photographer at one event of the house studio, with all rows that a sale by the gateway
 * leaves. As the owner, whose triggers rest meanwhile: they would check row by row what `ledger:verify` checks afterwards.
 *
 * @returns a function that adds sales
 */
export async function openBooks(owner: Db): Promise<(sales: Sales) => Promise<void>> {
  const [userId, sessionId, eventId, photoId] = [newId(), newId(), newId(), newId()]
  await makeNewId(owner)
  await owner.execute(sql`insert into users (id, email, name, role) values (${userId}, 'p@bench.example', 'P', 'user')`)
  await owner.execute(
    sql`insert into sessions (id, token_hash, expires_at) values (${sessionId}, 'bench', now() + interval '1 year')`,
  )
  await owner.execute(sql`
    insert into events (id, studio_id, slug, name_th, name_en, category, venue, province, starts_at, ends_at, status)
    values (${eventId}, ${HOUSE_STUDIO}, 'bench', 'งานวิ่ง', 'Run', 'run', 'Park', 'Bangkok', '2026-01-01', '2026-01-02', 'on_sale')`)
  await owner.execute(sql`
    insert into photos (id, event_id, photographer_id, file_name, sha256, bytes, format, state, approval, width, height, processed_at)
    values (${photoId}, ${eventId}, ${userId}, '1.jpg', encode(sha256('1'), 'hex'), 1, 'jpg', 'processed', 'approved', 3000, 2000, now())`)
  await owner.execute(sql`
    insert into ledger_accounts (id, kind, owner_id)
    select new_id(), kind, owner from (values ('platform_revenue'::account_kind, null::uuid),
      ('photographer_payable', ${userId}::uuid), ('gateway_clearing', null)) a (kind, owner) on conflict do nothing`)
  const of = { userId, sessionId, eventId, photoId }
  return sales => withTriggersResting(owner, FILLED, () => addSales(owner, sales, of))
}

interface Of {
  userId: string
  sessionId: string
  eventId: string
  photoId: string
}

async function addSales(owner: Db, { count, from, to }: Sales, of: Of): Promise<void> {
  const { userId, sessionId, eventId, photoId } = of
  const at = sql`(${from.toISOString()}::timestamptz + n * (${to.toISOString()}::timestamptz - ${from.toISOString()}::timestamptz) / ${count}::int)`
  // One row of ids for each sale, which the statements after it take from.
  await owner.execute(sql`
    create table sales as select new_id(paid_at) as order_id, new_id(paid_at) as line_id, new_id(paid_at) as payment_id,
      new_id(paid_at) as receipt_id, new_id(paid_at) as posting_id, paid_at, n
    from (select ${at} as paid_at, n + (select count(*) from orders) as n from generate_series(1, ${count}::int) n) s`)
  await owner.execute(sql`
    insert into orders (id, number, studio_id, session_id, email, locale, status, total, expires_at, created_at, paid_at, fulfilled_at)
    select order_id, 'bench/' || n, ${HOUSE_STUDIO}, ${sessionId}, 'b@bench.example', 'th', 'fulfilled', ${PRICE}, paid_at,
      paid_at, paid_at, paid_at from sales`)
  await owner.execute(sql`
    insert into order_events (order_id, studio_id, event_id, position, offer, split_rule_id)
    select order_id, ${HOUSE_STUDIO}, ${eventId}, 0, '{}', (select id from split_rules limit 1) from sales`)
  await owner.execute(sql`
    insert into order_lines (id, order_id, kind, event_id, photo_id, photographer_id, unit_price, position)
    select line_id, order_id, 'photo', ${eventId}, ${photoId}, ${userId}, ${PRICE}, 0 from sales`)
  await owner.execute(sql`
    insert into order_shares (order_id, event_id, photographer_id, split_rule_id, platform_bp, studio_bp, photographer_bp, organizer_bp)
    select order_id, ${eventId}, ${userId}, (select id from split_rules limit 1), ${PLATFORM.bp}, 0, ${PHOTOGRAPHER.bp}, 0 from sales`)
  await owner.execute(sql`
    insert into payments (id, order_id, attempt, gateway, ref1, state, amount_asked, amount_due, trans_id, expires_at, completed_at)
    select payment_id, order_id, 1, 'paynoi', 'BENCH' || n, 'completed', ${PRICE}, ${PRICE}, 'bench-' || n, paid_at, paid_at from sales`)
  await owner.execute(sql`
    insert into receipts (id, payment_id, gateway, trans_id, amount, received_at, applied_at)
    select receipt_id, payment_id, 'paynoi', 'bench-' || n, ${PRICE}, paid_at, paid_at from sales`)
  await owner.execute(sql`
    insert into ledger_postings (id, kind, source_kind, source_id, order_id, created_at)
    select posting_id, 'sale', 'receipt', receipt_id, order_id, paid_at from sales order by n`)
  await owner.execute(sql`
    insert into ledger_entries (id, posting_id, account_id, amount, line_id, photo_id, event_id)
    select new_id(s.paid_at), s.posting_id, a.id, p.amount, case when p.shared then s.line_id end,
      case when p.shared then ${photoId}::uuid end, case when p.shared then ${eventId}::uuid end
    from sales s
    cross join (values ('gateway_clearing'::account_kind, ${PRICE}::bigint, false),
      ('platform_revenue', -${PLATFORM.amount}::bigint, true),
      ('photographer_payable', -${PHOTOGRAPHER.amount}::bigint, true)) p (kind, amount, shared)
    join ledger_accounts a using (kind)`)
  await owner.execute(sql`drop table sales`)
}
