import type { Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { ledgerChecks, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { migrate } from '@pix/db/migrate.ts'
import { testDbBefore } from '@pix/db/testing.ts'
import { orderShares } from '@pix/db/schema/order-shares.ts'
import { asc, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../../testing/test-app.ts'
import { keepLedgerChecked } from '../ledger/index.ts'
import { summarize, summarizeEvent } from './summary.ts'

const PAID_AT = '2026-03-05T05:00:00Z'

/** A shop of two photographers and an organizer. In SQL: the tables as they were know no column of today's. */
async function peopled(db: Db) {
  const [event, session, organizer] = [newId(), newId(), newId()]
  const photographers = [newId(), newId()] as const
  for (const id of photographers)
    await db.execute(sql`insert into users (id, email, name, role, password_hash)
      values (${id}, ${`${id}@test.example`}, 'A photographer', 'photographer', '-')`)
  await db.execute(sql`insert into sessions (id, token_hash, expires_at) values (${session}, ${session}, '2027-01-01')`)
  await db.execute(sql`insert into organizers (id, name) values (${organizer}, 'Run Club')`)
  await db.execute(sql`
    insert into events (id, slug, name_th, name_en, category, venue, province, starts_at, ends_at, status, organizer_id)
    values (${event}, 'old-run', 'งานวิ่ง', 'A run', 'run', 'Lumphini', 'Bangkok', '2026-03-01', '2026-03-02', 'on_sale', ${organizer})`)
  const rule = (await db.execute<{ id: string }>(sql`select id from split_rules`)).rows[0]!.id
  return { event, session, organizer, photographers, rule }
}

/** Two photos of 60 baht sold together, a gateway's rounding, and money that waits: as the release before wrote them. */
async function soldBefore(db: Db) {
  const shop = await peopled(db)
  const { event, session, organizer, photographers, rule } = shop
  const [order, sale, held] = [newId(), newId(), newId()]
  const sold = [newId(), newId()] as const
  for (const [i, id] of sold.entries())
    await db.execute(sql`insert into photos (id, event_id, photographer_id, file_name, sha256, bytes, format)
      values (${id}, ${event}, ${photographers[i]!}, 'IMG_1.jpg', ${id.replaceAll('-', '').repeat(2)}, 1, 'jpg')`)
  await db.transaction(async tx => {
    await tx.execute(sql`
      insert into orders (id, number, session_id, event_id, email, locale, status, total, offer, split_rule_id, expires_at, paid_at, fulfilled_at)
      values (${order}, 'PX-2026-000001', ${session}, ${event}, 'a@b.example', 'th', 'fulfilled', 12000,
        ${JSON.stringify({ lines: [], total: { amount: 12_000, currency: 'THB' }, photos: 2 })}::jsonb, ${rule}, ${PAID_AT}, ${PAID_AT}, ${PAID_AT})`)
    for (const [i, id] of sold.entries())
      await tx.execute(sql`insert into order_items (id, order_id, photo_id, photographer_id, unit_price, position)
        values (${newId()}, ${order}, ${id}, ${photographers[i]!}, 6000, ${i})`)
    await tx.execute(sql`insert into order_archives (id, order_id, event_id) values (${newId()}, ${order}, ${event})`)
    await post(tx, { id: sale, kind: 'sale', order, event }, [
      ['gateway_clearing', null, 12_007],
      ['platform_revenue', null, -3_600],
      ['photographer_payable', photographers[0], -3_000],
      ['photographer_payable', photographers[1], -3_000],
      ['organizer_payable', organizer, -2_400],
      ['payment_rounding', null, -7],
    ])
    await post(tx, { id: held, kind: 'unapplied_receipt', order: null, event: null }, [
      ['gateway_clearing', null, 500],
      ['unapplied_receipts', null, -500],
    ])
    await tx.execute(sql`insert into receipts (id, payment_id, gateway, trans_id, amount, reason)
      values (${newId()}, null, 'paynoi', 'NOBODYS', 500, 'unknown_charge')`)
  })
  return { ...shop, order, sale, held }
}

type OldEntry = [account: string, owner: string | null, amount: number]

async function post(
  tx: Parameters<Parameters<Db['transaction']>[0]>[0],
  posting: { id: string; kind: string; order: string | null; event: string | null },
  entries: readonly OldEntry[],
) {
  const { id, kind, order, event } = posting
  // A posting's id serves as its receipt's here.
  await tx.execute(sql`insert into ledger_postings (id, kind, receipt_id, order_id, event_id)
    values (${id}, ${kind}::posting_kind, ${id}, ${order}, ${event})`)
  for (const [account, owner, amount] of entries) {
    await tx.execute(sql`insert into ledger_accounts (id, kind, owner_id)
      values (${newId()}, ${account}::account_kind, ${owner}) on conflict do nothing`)
    await tx.execute(sql`insert into ledger_entries (id, posting_id, account_id, amount)
      select ${newId()}, ${id}, a.id, ${amount} from ledger_accounts a
      where a.kind = ${account}::account_kind and a.owner_id is not distinct from ${owner}::uuid`)
  }
}

test('earlier books are carried over as they stand: their receipts are the sources, they balance, revenue says the same', async () => {
  await using database = await testDbBefore('0018_several_events_in_an_order')
  const before = await soldBefore(database.db)
  const entriesOf = async () =>
    (await database.db.execute(sql`select id, posting_id, account_id, amount from ledger_entries order by id`)).rows
  const entries = await entriesOf()
  await migrate(database.ownerUrl)

  expect(await entriesOf()).toEqual(entries)
  expect(await database.db.select().from(ledgerPostings).orderBy(asc(ledgerPostings.id))).toMatchObject([
    { kind: 'sale', sourceKind: 'receipt', sourceId: before.sale, orderId: before.order, eventId: before.event },
    { kind: 'unapplied_receipt', sourceKind: 'receipt', sourceId: before.held, orderId: null, eventId: null },
  ])
  const shares = await database.db
    .select({ photo: ledgerEntries.photoId, line: ledgerEntries.lineId })
    .from(ledgerEntries)
  expect(shares.every(({ photo, line }) => photo === null && line === null)).toBe(true)

  const [platformBp, photographerBp, organizerBp] = [3_000, 5_000, 2_000]
  const frozen = { platformBp, studioBp: 0, photographerBp, organizerBp, organizerId: before.organizer, vatBp: 0 }
  expect(await database.db.select().from(orderShares).orderBy(orderShares.photographerId)).toMatchObject(
    before.photographers.toSorted().map(photographerId => ({ photographerId, splitRuleId: before.rule, ...frozen })),
  )

  await using t = await testApp()
  const ctx = { ...t.callerContext(await t.user('admin')), db: database.db }
  await keepLedgerChecked(ctx)
  const right = { postings: 2, unbalanced: 0, wrong: 0, held: 1, heldAmount: 500, balanced: true }
  expect(await database.db.select().from(ledgerChecks)).toMatchObject([right])
  const said = {
    gross: { amount: 12_000 },
    orders: 1,
    photosSold: 2,
    split: { platform: { amount: 3_600 }, photographer: { amount: 6_000 }, organizer: { amount: 2_400 } },
    byDay: [{ day: '2026-03-05', gross: { amount: 12_000 }, orders: 1 }],
  }
  expect(await summarize(ctx, {})).toMatchObject({
    ...said,
    ledger: { balanced: true, postings: 2 },
    unapplied: { count: 1, amount: { amount: 500 } },
  })
  expect(await summarizeEvent(ctx, before.event, { from: '2026-03-05', to: '2026-03-05' })).toMatchObject({
    ...said,
    photographers: before.photographers
      .toSorted()
      .map(photographerId => ({ photographerId, share: { amount: 3_000 } })),
  })
})

test('an earlier sale that is not what its order costs is found after the move too', async () => {
  await using database = await testDbBefore('0018_several_events_in_an_order')
  const { sale } = await soldBefore(database.db)
  await migrate(database.ownerUrl)
  const owner = database.owner()
  await owner.execute(sql`alter table ledger_entries disable trigger user`)
  await owner.execute(sql`update ledger_entries set amount = amount - 1 where posting_id = ${sale} and amount = -3600`)
  await using t = await testApp()
  await keepLedgerChecked({ ...t.deps, db: database.db })
  expect(await database.db.select().from(ledgerChecks)).toMatchObject([{ unbalanced: 1, wrong: 1, balanced: false }])
})
