import { cartItems } from '@pix/db/schema/cart.ts'
import type { Carts } from '@pix/contracts/cart.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { slices } from '@pix/db/slices.ts'
import { countDistinct, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepLedgerChecked } from '../ledger/index.ts'
import { type Bank, type Shop, startBank } from './bank-testing.ts'
import { keepSecondCharge } from './keep-money.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

const PLATFORM_OWNED = { platformBp: 10_000, photographerBp: 0, organizerBp: 0 }

/** Two photos of an event with an organizer and one of a platform-owned event, paid with 7 satang more. */
async function soldOverTwoEvents(t: Shop) {
  const organizer = t.deps.newId()
  await t.db.insert(organizers).values({ id: organizer, name: 'Run Club' })
  const first = await t.withCart(2, { organizer })
  const second = await t.event()
  const own = await t.photo(second.id, first.photographer.id)
  const startsAt = new Date('2026-01-01')
  await t.db
    .insert(splitRules)
    .values({ id: t.deps.newId(), studioId: HOUSE_STUDIO, eventId: second.id, version: 1, startsAt, ...PLATFORM_OWNED })
  await t.post(first.visitor, '/api/cart/items', { photoIds: [own.id] })

  await bank.faults({ satang: 7 })
  const order = (await t.order(first.visitor, 18_000)).json<{ id: string }>()
  const started = (await t.payment(first.visitor, order.id)).json<{ id: string }>()
  const [payment] = await t.db.select().from(payments).where(eq(payments.id, started.id))
  await bank.pay(payment!.transId!)
  await expect.poll(() => t.status(first.visitor, order.id)).toBe('fulfilled')
  return { ...first, organizer, second, own, order }
}

const entriesOf = (t: Shop) =>
  t.db
    .select({
      account: ledgerAccounts.kind,
      owner: ledgerAccounts.ownerId,
      amount: ledgerEntries.amount,
      line: ledgerEntries.lineId,
      photo: ledgerEntries.photoId,
      event: ledgerEntries.eventId,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))

test('a sale has one entry for each line and party, by the rule of the photo’s own event; the source is the receipt', async () => {
  await using t = await bank.openShop()
  const sale = await soldOverTwoEvents(t)
  const [receipt] = await t.db.select().from(receipts)
  expect(await t.db.select().from(ledgerPostings)).toMatchObject([
    { kind: 'sale', sourceKind: 'receipt', sourceId: receipt!.id, orderId: sale.order.id, eventId: null },
  ])

  const entries = await entriesOf(t)
  const lines = await t.db.select().from(orderLines)
  expect(entries.filter(entry => entry.line === null).map(({ account, amount }) => [account, amount])).toEqual(
    expect.arrayContaining([
      ['gateway_clearing', 18_007],
      ['payment_rounding', -7],
    ]),
  )
  for (const line of lines) {
    const own = entries.filter(entry => entry.line === line.id)
    expect(own.every(({ photo, event }) => photo === line.photoId && event === line.eventId)).toBe(true)
    const shares = own.map(({ account, owner, amount }) => [account, owner, amount]).toSorted()
    const ofOrganized = [
      ['organizer_payable', sale.organizer, -1_200],
      ['photographer_payable', sale.photographer.id, -3_000],
      ['platform_revenue', null, -1_800],
    ]
    expect(shares).toEqual(line.eventId === sale.second.id ? [['platform_revenue', null, -6_000]] : ofOrganized)
  }
  expect(entries).toHaveLength(2 + 2 * 3 + 1)
})

const amounts = (platform: number, ofPhotographer: number, organizer: number) => ({
  platform: { amount: platform },
  photographer: { amount: ofPhotographer },
  organizer: { amount: organizer },
})

test('of an order over two events each event’s revenue has its own part, and the two are the whole', async () => {
  await using t = await bank.openShop()
  const { event, second, photographer } = await soldOverTwoEvents(t)
  const admin = await t.user('admin')
  await keepLedgerChecked(t.deps)
  const read = async (url: string) => (await t.app.inject({ url, headers: admin.headers })).json()
  expect(await read(`/api/revenue/events/${event.id}`)).toMatchObject({
    gross: { amount: 12_000 },
    photosSold: 2,
    split: amounts(3_600, 6_000, 2_400),
    photographers: [{ photographerId: photographer.id, photosSold: 2, share: { amount: 6_000 } }],
  })
  expect(await read(`/api/revenue/events/${second.id}`)).toMatchObject({
    gross: { amount: 6_000 },
    photosSold: 1,
    split: amounts(6_000, 0, 0),
    photographers: [{ photographerId: photographer.id, photosSold: 1, share: { amount: 0 } }],
  })
  const days = { from: '2020-01-01', to: '2099-01-01' }
  const standard = { platformBp: 3_000, studioBp: 0, photographerBp: 5_000, organizerBp: 2_000 }
  const asked = { studioId: HOUSE_STUDIO, eventId: second.id, ...standard, ...days }
  const simulated = { method: 'POST' as const, url: '/api/split-rules/simulate', headers: admin.headers }
  const answer = await t.app.inject({ ...simulated, payload: asked })
  // Sold under a rule that pays the photographer nothing: another rule would have.
  expect(answer.json()).toMatchObject({ paid: amounts(6_000, 0, 0), simulated: { photographer: { amount: 3_000 } } })
  expect(await read('/api/revenue/summary')).toMatchObject({
    packages: [{ kind: 'single', sold: 3, photos: 3, amount: { amount: 18_000 } }],
    photographers: [{ photographerId: photographer.id, photosSold: 3, share: { amount: 6_000 } }],
    conversion: { visits: 0, searches: 0, placed: 1, paid: 1 },
    gross: { amount: 18_000 },
    orders: 1,
    photosSold: 3,
    split: amounts(9_600, 6_000, 2_400),
    ledger: { balanced: true, postings: 1 },
  })
})

test('money kept for an order over two events counts in full at each of them, and once in the total', async () => {
  await using t = await bank.openShop()
  const { event, second } = await soldOverTwoEvents(t)
  const [payment] = await t.db.select().from(payments)
  const { id, gateway } = payment!
  await keepSecondCharge(t.system, id, { gateway, transId: `${payment!.transId}-again`, amount: 5_000 })
  const admin = await t.user('admin')
  for (const url of [`events/${event.id}`, `events/${second.id}`, 'summary']) {
    const answer = await t.app.inject({ url: `/api/revenue/${url}`, headers: admin.headers })
    expect(answer.json().unapplied).toEqual({ count: 1, amount: { amount: 5_000, currency: 'THB' } })
  }
})

test('the check finds a line whose shares are not its price, though the posting balances and the order adds up', async () => {
  await using t = await bank.openShop()
  await soldOverTwoEvents(t)
  const owner = t.owner()
  await owner.execute(sql`alter table ledger_entries disable trigger user`)
  const platform = sql`account_id = (select id from ledger_accounts where kind = 'platform_revenue') and amount = `
  await owner.execute(sql`update ledger_entries set amount = -1799 where ${platform} -1800`)
  await owner.execute(sql`update ledger_entries set amount = -6002 where ${platform} -6000`)
  await keepLedgerChecked(t.deps)
  const admin = await t.user('admin')
  const { ledger } = (await t.app.inject({ url: '/api/revenue/summary', headers: admin.headers })).json()
  expect(ledger).toMatchObject({ balanced: false, postings: 1 })
})

test('the database refuses a source posted twice, two shares of a party in a line, and accounts of the wrong owner', async () => {
  await using t = await bank.openShop()
  const { order } = await soldOverTwoEvents(t)
  const refusal = (statement: string) =>
    t.db.execute(sql.raw(statement)).then(
      () => 'done',
      (error: Error) => String((error.cause as Error | undefined)?.message),
    )
  const id = () => t.deps.newId()
  expect(
    await refusal(`insert into ledger_postings (id, kind, source_kind, source_id)
      select '${id()}', 'sale', source_kind, source_id from ledger_postings`),
  ).toMatch(/ledger_postings_source/)
  expect(
    await refusal(`insert into ledger_entries (id, posting_id, account_id, amount, line_id, photo_id, event_id)
      select '${id()}', posting_id, account_id, 1, line_id, photo_id, event_id from ledger_entries
      where line_id is not null limit 1`),
  ).toMatch(/ledger_entries_share/)
  expect(
    await refusal(`insert into ledger_entries (id, posting_id, account_id, amount, photo_id)
      select '${id()}', posting_id, account_id, 1, photo_id from ledger_entries where photo_id is not null limit 1`),
  ).toMatch(/ledger_entries_photo/)
  for (const kind of ['studio_payable', 'photographer_payable', 'organizer_payable'])
    expect(await refusal(`insert into ledger_accounts (id, kind) values ('${id()}', '${kind}')`)).toMatch(/_owned/)
  for (const kind of ['vat_payable', 'withholding_tax_payable', 'gateway_fees', 'refunds', 'payouts_clearing']) {
    const owned = `insert into ledger_accounts (id, kind, owner_id) values ('${id()}', '${kind}', '${id()}')`
    expect(await refusal(owned)).toMatch(/ledger_accounts_owned/)
    expect(await refusal(`insert into ledger_accounts (id, kind) values ('${id()}', '${kind}')`)).toBe('done')
  }
  // What was paid stays paid while it is refunded, and an order that was never paid is no refunded one.
  for (const status of ['refund_pending', 'partially_refunded', 'refunded'] as const)
    await t.db.update(orders).set({ status }).where(eq(orders.id, order.id))
  expect(await refusal(`update orders set paid_at = null where id = '${order.id}'`)).toMatch(/orders_paid/)
})

test('an order of more photos than one statement has parameters for is placed, paid and posted whole', async () => {
  await using t = await bank.openShop()
  const { event, photographer, visitor, photos: made } = await t.withCart(1)
  const { id: _, sha256: __, ...like } = made[0]!
  const more = Array.from({ length: 3_500 }, (_, at) => ({
    ...like,
    id: t.deps.newId(),
    sha256: at.toString(16).padStart(64, '0'),
    photographerId: photographer.id,
    eventId: event.id,
  }))
  // Put in past the limit of a cart: several that are merged may come to more.
  const [{ id: _id, photoId: _photoId, ...item }] = (await t.db.select().from(cartItems)) as [
    typeof cartItems.$inferSelect,
  ]
  for (const some of slices(more)) {
    await t.db.insert(photos).values(some)
    await t.db.insert(cartItems).values(some.map(({ id }) => ({ ...item, id: t.deps.newId(), photoId: id })))
  }
  const { total } = (await t.get(visitor, '/api/cart')).json<Carts>().items[0]!
  const order = (await t.order(visitor, total.amount)).json<{ id: string }>()
  const started = (await t.payment(visitor, order.id)).json<{ id: string }>()
  const [payment] = await t.db.select().from(payments).where(eq(payments.id, started.id))
  await bank.pay(payment!.transId!)
  await expect.poll(() => t.status(visitor, order.id)).toBe('fulfilled')
  expect(await t.db.$count(entitlements)).toBe(3_501)
  const perLine = await t.db.select({ lines: countDistinct(ledgerEntries.lineId) }).from(ledgerEntries)
  expect(perLine).toEqual([{ lines: 3_501 }])
})
