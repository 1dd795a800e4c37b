import type { Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { sql } from 'drizzle-orm'
import { makeNewId, withTriggersResting } from '../fill.ts'

export interface Sizes {
  studios: number
  /** Events of each studio. */
  events: number
  /** Photos of each event. */
  photos: number
  /** Orders of each event, of three photos each. */
  orders: number
}

const FILLED = ['photos', 'orders', 'order_lines', 'ledger_postings', 'ledger_entries']

/**
 * Studios with events, photos and sales, written by few statements. As the owner, whose triggers rest meanwhile: they would
 * check row by row what is right as it is made.
 *
 * @returns the first studio, and its event that has 5,000 photos more than the others
 */
export async function fillStudios(owner: Db, sizes: Sizes): Promise<{ studioId: string; eventId: string }> {
  await makeNewId(owner)
  const [userId, sessionId] = [newId(), newId()]
  await owner.execute(sql`insert into users (id, email, name, role) values (${userId}, 'p@bench.example', 'P', 'user')`)
  await owner.execute(
    sql`insert into sessions (id, token_hash, expires_at) values (${sessionId}, 'bench', now() + interval '1 year')`,
  )
  await owner.execute(sql`
    insert into studios (id, slug, name_th, name_en)
    select new_id(), 'bench-' || n, '-', '-' from generate_series(1, ${sizes.studios}::int) n`)
  await owner.execute(sql`
    insert into events (id, studio_id, slug, name_th, name_en, category, venue, province, starts_at, ends_at, status)
    select new_id(), s.id, s.slug || '-' || n, 'งานวิ่ง ' || n, 'Run ' || n, 'run', 'Park', 'Bangkok',
      timestamptz '2026-01-01' + n * interval '1 day', timestamptz '2026-01-02' + n * interval '1 day', 'on_sale'
    from studios s cross join generate_series(1, ${sizes.events}::int) n where s.slug like 'bench-%'`)
  const { rows } = await owner.execute<{ studioId: string; eventId: string }>(sql`
    select studio_id as "studioId", id as "eventId" from events where slug = 'bench-1-1'`)
  const first = rows[0]!
  await withTriggersResting(owner, FILLED, async () => {
    await addPhotos(owner, { userId, count: sizes.photos, eventId: first.eventId })
    await addSales(owner, { userId, sessionId, count: sizes.orders })
  })
  return first
}

async function addPhotos(owner: Db, { userId, count, eventId }: { userId: string; count: number; eventId: string }) {
  await owner.execute(sql`
    insert into photos (id, event_id, photographer_id, file_name, sha256, bytes, format, state, approval, width, height,
      taken_at, processed_at, created_at)
    select new_id(), e.id, ${userId}, n || '.jpg', encode(sha256((e.id::text || n)::bytea), 'hex'), 1, 'jpg',
      'processed', case when n % 3 = 0 then 'pending'::photo_approval else 'approved' end, 3000, 2000,
      e.starts_at + n * interval '1 second', now(), now() + n * interval '1 millisecond'
    from events e cross join lateral generate_series(1, case e.id when ${eventId} then 5000 else 0 end + ${count}::int) n`)
  await owner.execute(sql`
    update events set photo_count = (select count(*) from photos p where p.event_id = events.id and p.approval = 'approved')`)
}

/** In the ledger, an order is a posting of ten entries: what came, and what each of the three has of each line. */
async function addSales(owner: Db, of: { userId: string; sessionId: string; count: number }) {
  const { userId, sessionId, count } = of
  const day = sql`date_trunc('day', now()) - (n % 60) * interval '1 day'`
  await owner.execute(sql`
    insert into orders (id, number, studio_id, session_id, email, locale, status, total, expires_at, paid_at, fulfilled_at)
    select new_id(), e.slug || '/' || n, e.studio_id, ${sessionId}, 'b@bench.example', 'th', 'fulfilled', 18000,
      now(), ${day}, ${day}
    from events e cross join generate_series(1, ${count}::int) n`)
  await owner.execute(sql`
    insert into order_events (order_id, studio_id, event_id, position, offer, split_rule_id)
    select o.id, o.studio_id, e.id, 0, '{}', (select id from split_rules limit 1)
    from orders o join events e on e.slug = split_part(o.number, '/', 1)`)
  await owner.execute(sql`
    insert into order_lines (id, order_id, kind, event_id, photo_id, photographer_id, unit_price, position)
    select new_id(), e.order_id, 'photo', e.event_id, p.id, ${userId}, 6000, p.n
    from order_events e
    join (select id, event_id, row_number() over (partition by event_id order by id) as n from photos) p
      on p.event_id = e.event_id and p.n <= 3`)
  await owner.execute(sql`
    insert into ledger_postings (id, kind, source_kind, source_id, order_id)
    select new_id(), 'sale', 'receipt', new_id(), id from orders`)
  const accounts = sql`(values ('platform_revenue'::account_kind, null::uuid), ('photographer_payable', ${userId}::uuid),
    ('organizer_payable', ${sessionId}::uuid), ('gateway_clearing', null))`
  await owner.execute(sql`
    insert into ledger_accounts (id, kind, owner_id) select new_id(), kind, owner from ${accounts} a (kind, owner)
    on conflict do nothing`)
  await owner.execute(sql`
    insert into ledger_entries (id, posting_id, account_id, amount, line_id, photo_id, event_id)
    select new_id(), p.id, a.id, -2000, l.id, l.photo_id, l.event_id
    from ledger_postings p join order_lines l using (order_id)
    join ledger_accounts a on a.kind <> 'gateway_clearing' and (a.owner_id is null or a.owner_id in (${userId}, ${sessionId}))
    union all
    select new_id(), p.id, a.id, 18000, null, null, null
    from ledger_postings p join ledger_accounts a on a.kind = 'gateway_clearing'`)
}
