import type { Carts } from '@pix/contracts/cart.ts'
import type { Downloads, Order } from '@pix/contracts/orders.ts'
import type { Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { migrate } from '@pix/db/migrate.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { testDbBefore } from '@pix/db/testing.ts'
import { zipKey } from '@pix/platform/storage-keys.ts'
import { eq, sql } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TEST_ORIGIN } from '../../testing/test-app.ts'
import { keepLedgerChecked } from '../ledger/index.ts'
import { type Bank, type Shop, startBank } from './bank-testing.ts'

const SINGLE = '019aa000-0000-7000-8000-000000000001'
const RULE = '019aa000-0000-7000-8000-000000000011'
const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

interface OldOrder {
  status: 'fulfilled' | 'awaiting_payment' | 'expired'
  photoIds: readonly string[]
  /** Days until its downloads end. */
  downloads?: number
}

/** What an installation from before orders held several events has in its tables. */
async function oldShop(db: Db) {
  const [eventId, photographerId] = [newId(), newId()]
  await db.execute(sql`insert into users (id, email, name, role, password_hash)
    values (${photographerId}, 'p@test.example', 'P', 'photographer', '-')`)
  await db.execute(sql`insert into events (id, slug, name_th, name_en, category, venue, province, starts_at, ends_at, status)
    values (${eventId}, 'old-run', 'งานวิ่ง', 'A run', 'run', '-', '-', now(), now(), 'on_sale')`)
  const photoIds = Array.from({ length: 4 }, () => newId())
  for (const id of photoIds)
    await db.execute(sql`insert into photos
      (id, event_id, photographer_id, file_name, sha256, bytes, format, state, approval, width, height, processed_at)
      values (${id}, ${eventId}, ${photographerId}, 'IMG_1.jpg', ${sha256(id)}, 9, 'jpg', 'processed', 'approved', 3, 2, now())`)

  const visitor = async () => {
    const [sessionId, token] = [newId(), randomBytes(32).toString('base64url')]
    await db.execute(sql`insert into sessions (id, token_hash, expires_at)
      values (${sessionId}, ${sha256(token)}, ${inDays(30)})`)
    return { sessionId, headers: { cookie: `pix_session=${token}`, origin: TEST_ORIGIN } }
  }

  let placed = 0
  const order = async (sessionId: string, { status, photoIds: bought, downloads }: OldOrder) => {
    const [id, total] = [newId(), 6_000 * bought.length]
    const paidAt = downloads === undefined ? null : inDays(downloads - 30)
    const until = downloads === undefined ? null : inDays(downloads)
    const offer = { lines: [], total: { amount: total, currency: 'THB' }, photos: bought.length }
    await db.transaction(async tx => {
      await tx.execute(sql`insert into orders
        (id, number, session_id, event_id, email, locale, status, total, offer, split_rule_id, expires_at, paid_at, downloads_until)
        values (${id}, ${`PX-2025-00000${++placed}`}, ${sessionId}, ${eventId}, 'a@b.example', 'th', ${status}, ${total},
          ${JSON.stringify(offer)}, ${RULE}, ${inDays(1)}, ${paidAt}, ${until})`)
      for (const [position, photoId] of bought.entries())
        await tx.execute(sql`insert into order_items (id, order_id, photo_id, photographer_id, unit_price, position)
          values (${newId()}, ${id}, ${photoId}, ${photographerId}, 6000, ${position})`)
      if (paidAt !== null) {
        await tx.execute(sql`insert into order_archives (id, order_id, event_id, state, progress, bytes, queued_at, expires_at)
          values (${newId()}, ${id}, ${eventId}, 'ready', 1, 9, ${paidAt}, ${inDays(3)})`)
        await postSale(tx, { orderId: id, eventId, photographerId, total })
      }
    })
    return id
  }
  const cart = async (sessionId: string, held: readonly string[]) => {
    const id = newId()
    await db.execute(
      sql`insert into carts (id, session_id, event_id, choice) values (${id}, ${sessionId}, ${eventId}, ${SINGLE})`,
    )
    for (const photoId of held)
      await db.execute(sql`insert into cart_items (id, cart_id, photo_id) values (${newId()}, ${id}, ${photoId})`)
  }
  return { eventId, photoIds, visitor, order, cart }
}

/** As the ledger held it: one entry for each party, without photos. */
async function postSale(
  db: Pick<Db, 'execute'>,
  sale: { orderId: string; eventId: string; photographerId: string; total: number },
) {
  const postingId = newId()
  await db.execute(sql`insert into ledger_postings (id, kind, receipt_id, order_id, event_id)
    values (${postingId}, 'sale', ${newId()}, ${sale.orderId}, ${sale.eventId})`)
  for (const [kind, ownerId, amount] of [
    ['gateway_clearing', null, sale.total],
    ['platform_revenue', null, -sale.total / 2],
    ['photographer_payable', sale.photographerId, -sale.total / 2],
  ] as const) {
    await db.execute(sql`insert into ledger_accounts (id, kind, owner_id) values (${newId()}, ${kind}, ${ownerId})
      on conflict do nothing`)
    await db.execute(sql`insert into ledger_entries (id, posting_id, account_id, amount)
      select ${newId()}, ${postingId}, id, ${amount}::bigint from ledger_accounts
      where kind = ${kind}::account_kind and owner_id is not distinct from ${ownerId}::uuid`)
  }
}

/** Pays an order at the bank, to its end. */
async function buy(t: Shop, visitor: Awaited<ReturnType<Shop['visitor']>>, orderId: string) {
  const payment = (await t.payment(visitor, orderId)).json<{ id: string }>()
  const [row] = await t.db.select().from(payments).where(eq(payments.id, payment.id))
  await bank.pay(row!.transId!)
  await expect.poll(() => t.status(visitor, orderId)).toBe('fulfilled')
}

test(
  'an installation whose orders held one event: what was bought is downloaded, what was open is paid, its carts are ordered',
  { timeout: 300_000 },
  async () => {
    await using database = await testDbBefore('0018_several_events_in_an_order')
    const old = await oldShop(database.owner())
    const [first, second, third, fourth] = old.photoIds as [string, string, string, string]
    const [visitor, other] = [await old.visitor(), await old.visitor()]
    const paid = await old.order(visitor.sessionId, { status: 'fulfilled', photoIds: [first, second], downloads: 20 })
    const open = await old.order(visitor.sessionId, { status: 'awaiting_payment', photoIds: [third] })
    const expired = await old.order(visitor.sessionId, { status: 'expired', photoIds: [fourth] })
    await old.cart(visitor.sessionId, [fourth])
    const over = await old.order(other.sessionId, { status: 'fulfilled', photoIds: [second], downloads: -1 })

    await migrate(database.ownerUrl)
    await using t = await bank.openShop({ database })

    const listed = (await t.get(visitor, '/api/orders')).json<{ items: Order[] }>().items
    expect(
      new Map(listed.map(({ id, events }) => [id, events.map(part => part.photos.map(photo => photo.id))])),
    ).toEqual(
      new Map([
        [paid, [[first, second]]],
        [open, [[third]]],
        [expired, [[fourth]]],
      ]),
    )
    expect(listed.find(({ id }) => id === paid)).toMatchObject({
      total: { amount: 12_000 },
      events: [{ event: { id: old.eventId, slug: 'old-run' }, offer: { total: { amount: 12_000 } } }],
    })
    const [had] = (await t.get(visitor, `/api/orders/${paid}/download`)).json<Downloads>().events
    expect(had).toMatchObject({ archive: { state: 'ready', bytes: 9 }, photos: [{}, { fileName: 'IMG_1 (2).jpg' }] })
    expect((await t.get(visitor, had!.archive.url!)).headers.location).toContain(zipKey(old.eventId, paid))
    const original = (photoId: string) => t.get(visitor, `/api/photos/${photoId}/original`)
    expect([(await original(first)).statusCode, (await original(third)).statusCode]).toEqual([302, 404])
    // A window that had ended stays ended; the photo stays bought.
    expect((await t.get(other, `/api/orders/${over}/download`)).statusCode).toBe(404)
    for (const who of [visitor, other])
      expect((await t.post(who, '/api/cart/items', { photoIds: [second] })).json().code).toBe('photo_not_for_sale')

    const kept = (await t.get(visitor, '/api/cart')).json<Carts>().items[0]!
    expect(kept).toMatchObject({
      events: [{ choice: SINGLE, items: [{ photo: { id: fourth } }] }],
      total: { amount: 6_000 },
    })
    const fresh = await t.event()
    const added = await t.photo(fresh.id, (await t.user('photographer')).id)
    await t.post(visitor, '/api/cart/items', { photoIds: [added.id] })
    const placed = (await t.order(visitor, 12_000)).json<Order>()
    for (const id of [open, placed.id]) await buy(t, visitor, id)
    const { events } = (await t.get(visitor, `/api/orders/${placed.id}/download`)).json<Downloads>()
    expect(events.map(part => part.event.id)).toEqual([old.eventId, fresh.id])
    expect((await t.payment(visitor, expired)).json().code).toBe('photo_not_for_sale')
    expect(await t.db.$count(entitlements)).toBe(6)

    const admin = await t.user('admin')
    await keepLedgerChecked(t.deps)
    const revenue = await t.app.inject({ url: `/api/revenue/events/${old.eventId}`, headers: admin.headers })
    expect(revenue.json()).toMatchObject({
      gross: { amount: 30_000 },
      orders: 4,
      photosSold: 5,
      split: { platform: { amount: 15_000 }, photographer: { amount: 15_000 } },
      ledger: { balanced: true },
    })
  },
)
