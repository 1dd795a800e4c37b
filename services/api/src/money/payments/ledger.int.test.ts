import { organizers } from '@pix/db/schema/events.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { ledgerEntries } from '@pix/db/schema/ledger.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepLedgerChecked } from '../ledger/index.ts'
import { type Bank, type Shop, startBank } from './bank-testing.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

/** A purchase that is paid and fulfilled. */
async function sold(t: Shop, photos: number, organizer?: string) {
  const purchase = await t.withQr(photos, organizer ? { organizer } : {})
  const [payment] = await t.db.select().from(payments).where(eq(payments.id, purchase.payment.id))
  await bank.pay(payment!.transId!)
  await expect.poll(() => t.status(purchase.visitor, purchase.order.id)).toBe('fulfilled')
  return purchase
}

test('the serving role can neither unbalance the books nor change or empty them', async () => {
  await using t = await bank.openShop()
  const { order } = await sold(t, 1)
  const refusal = async (statement: string) =>
    t.db.execute(sql.raw(statement)).then(
      () => 'done',
      (error: Error) => String((error.cause as Error | undefined)?.message),
    )
  const { rows } = await t.db.execute(
    sql`select rolname, rolsuper, (select count(*) from pg_tables where tableowner = rolname) as owns from pg_roles where rolname = current_user`,
  )
  expect(rows).toEqual([{ rolname: 'pix_app', rolsuper: false, owns: 0 }])

  const [id, source] = [t.deps.newId(), t.deps.newId()]
  expect(
    await refusal(`insert into ledger_entries (id, posting_id, account_id, amount)
      select '${id}', p.id, a.id, 1 from ledger_postings p, ledger_accounts a limit 1`),
  ).toMatch(/does not balance/)
  expect(
    await refusal(
      `insert into ledger_postings (id, kind, source_kind, source_id) values ('${id}', 'refund', 'refund', '${source}')`,
    ),
  ).toMatch(/does not balance/)
  for (const table of [
    'ledger_entries',
    'ledger_postings',
    'ledger_accounts',
    'split_rules',
    'audit_events',
    'consents',
  ]) {
    for (const statement of [`update ${table} set id = id`, `delete from ${table}`, `truncate ${table} cascade`])
      expect(await refusal(statement)).toMatch(/permission denied/)
  }
  expect(await refusal(`update orders set total = total + 1 where id = '${order.id}'`)).toMatch(/but its lines are/)
})

test('an event’s summary adds up: gross, shares, photographers, days in Bangkok, and the books agree', async () => {
  await using t = await bank.openShop()
  const organizer = t.deps.newId()
  await t.db.insert(organizers).values({ id: organizer, name: 'Run Club' })
  const admin = await t.user('admin')
  const { event, photographer, order } = await sold(t, 6, organizer)
  await sold(t, 1)
  // 18:30 UTC is half past one the next day in Bangkok.
  await t.db
    .update(orders)
    .set({ paidAt: new Date('2026-03-31T18:30:00Z') })
    .where(eq(orders.id, order.id))
  const read = async (url: string) => (await t.app.inject({ url, headers: admin.headers })).json()
  await keepLedgerChecked(t.deps)

  expect(await read(`/api/revenue/events/${event.id}`)).toMatchObject({
    gross: { amount: 31_000 },
    orders: 1,
    photosSold: 6,
    averageOrder: { amount: 31_000 },
    split: { platform: { amount: 9_300 }, photographer: { amount: 15_502 }, organizer: { amount: 6_198 } },
    byDay: [{ day: '2026-04-01', gross: { amount: 31_000 }, orders: 1 }],
    ledger: { balanced: true, postings: 2 },
    unapplied: { count: 0, amount: { amount: 0 } },
    photographers: [{ photographerId: photographer.id, photosSold: 6, share: { amount: 15_502 } }],
  })
  const all = await read('/api/revenue/summary')
  expect(all).toMatchObject({
    gross: { amount: 37_000 },
    orders: 2,
    photosSold: 7,
    ledger: { balanced: true, postings: 2 },
  })
  expect(all.events[0]).toMatchObject({ id: event.id, gross: { amount: 31_000 }, orders: 1 })
  expect(await read('/api/revenue/summary?from=2026-03-31&to=2026-03-31')).toMatchObject({
    orders: 0,
    gross: { amount: 0 },
  })
  expect(await read('/api/revenue/summary?from=2026-04-01&to=2026-04-02')).toMatchObject({
    orders: 1,
    byDay: [{ day: '2026-04-01' }, { day: '2026-04-02', orders: 0 }],
  })
})

test('the summary says so when the books do not agree with the orders', async () => {
  await using t = await bank.openShop()
  const admin = await t.user('admin')
  await sold(t, 1)
  const owner = t.owner()
  await owner.execute(sql`alter table ledger_entries disable trigger user`)
  await owner
    .update(ledgerEntries)
    .set({ amount: sql`amount + 1` })
    .where(sql`amount > 0`)
  await keepLedgerChecked(t.deps)
  const summary = (await t.app.inject({ url: '/api/revenue/summary', headers: admin.headers })).json()
  expect(summary.ledger.balanced).toBe(false)
})

test('a photographer’s day: what was sold today and by how many, the last photos, what is owed, and how far their photos are', async () => {
  await using t = await bank.openShop()
  const { event, photographer, photos: bought } = await sold(t, 2)
  await sold(t, 1)
  await t.invite(event.id, photographer.id)
  for (const more of [
    { state: 'queued', approval: 'pending' },
    { approval: 'pending' },
    { approval: 'rejected', rejectReason: 'blurred' },
    { state: 'failed', failure: 'damaged', approval: 'pending' },
  ] as const)
    await t.photo(event.id, photographer.id, more)
  await t.photo(event.id, (await t.user('photographer')).id)
  const read = async ({ headers }: { headers: Record<string, string> }) =>
    (await t.app.inject({ url: '/api/photographer/me/summary', headers })).json()
  const day = await read(photographer)
  const share = day.balance.amount
  expect(share).toBeGreaterThan(0)
  expect(day).toMatchObject({
    today: { photosSold: 2, buyers: 1, earned: { amount: share } },
    events: [{ event: { id: event.id }, status: 'on_sale' }],
  })
  expect(day.events[0].counts).toEqual({ processing: 1, waiting: 1, onSale: 2, rejected: 1, failed: 1 })
  expect(day.byDay.map(({ earned }: { earned: { amount: number } }) => earned.amount)).toEqual([
    0,
    0,
    0,
    0,
    0,
    0,
    share,
  ])
  expect(day.sold.map(({ photo }: { photo: { id: string } }) => photo.id).toSorted()).toEqual(
    bought.map(({ id }) => id).toSorted(),
  )
  const newcomer = await t.user('photographer')
  expect(await read(newcomer)).toMatchObject({ balance: { amount: 0 }, today: { photosSold: 0 }, sold: [], events: [] })
})

test('revenue is the admin’s', async () => {
  await using t = await bank.openShop()
  const [photographer, admin] = [await t.user('photographer'), await t.user('admin')]
  const ask = (url: string, headers: Record<string, string>) => t.app.inject({ url, headers })
  expect((await ask('/api/revenue/summary', {})).statusCode).toBe(401)
  expect((await ask('/api/revenue/summary', photographer.headers)).statusCode).toBe(403)
  expect((await ask(`/api/revenue/events/${t.deps.newId()}`, admin.headers)).statusCode).toBe(404)
})
