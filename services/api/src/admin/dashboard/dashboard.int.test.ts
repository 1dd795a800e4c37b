import { createClient } from '@pix/contracts/client.ts'
import { type Dashboard, followActivity } from '@pix/contracts/dashboard.ts'
import { users } from '@pix/db/schema/auth.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fulfilOrder } from '../../shop/orders/index.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'

const DAY_MS = 86_400_000
let t: TestApp
let desk: Awaited<ReturnType<typeof scene>>
let address: string

beforeAll(async () => {
  t = await testApp({ settings: { STREAM_ROUND_SECONDS: '1' } })
  desk = await scene()
  address = await t.listen()
})
afterAll(() => t[Symbol.asyncDispose]())

/** Two studios; the first sold today, 8 days ago and 40 days ago, and has photos in every state. */
async function scene() {
  const [first, second] = [await t.studio({ slug: 'a' }), await t.studio({ slug: 'b' })]
  const [owner, manager] = [await t.member(first.id, 'owner'), await t.member(first.id, 'manager')]
  const stranger = await t.member(second.id, 'owner')
  const photographer = await t.user('photographer')
  const buyer = await t.visitor()
  const [event, other] = [
    await t.event({ studioId: first.id, status: 'on_sale' }),
    await t.event({ studioId: second.id, status: 'on_sale' }),
  ]
  const sell = async (eventId: string) => addPaidOrder(t.db, buyer.sessionId, [await t.photo(eventId, photographer.id)])
  for (const daysAgo of [0, 8, 40]) {
    const id = await sell(event.id)
    const at = new Date(Date.now() - daysAgo * DAY_MS)
    await t.db.update(orders).set({ createdAt: at, paidAt: at }).where(eq(orders.id, id))
  }
  await sell(other.id)
  const put = async (row: Partial<typeof photos.$inferInsert>) => {
    const { id } = await t.photo(event.id, photographer.id)
    await t.db.update(photos).set(row).where(eq(photos.id, id))
  }
  await put({ approval: 'pending' })
  await put({ approval: 'pending', state: 'queued' })
  await put({ approval: 'pending', state: 'failed', failure: 'damaged' })
  const refused = { approval: 'rejected', rejectReason: 'x', state: 'failed', failure: 'damaged' } as const
  await put(refused)
  await put({ ...refused, takenDownAt: new Date() })
  return { first, second, owner, manager, stranger, admin: await t.user('admin'), event, sell }
}

const read = (who: { headers: Record<string, string> }, url = '/api/admin/dashboard') =>
  t.app.inject({ url, headers: who.headers })

test('a studio reads its own sales by the day, today last, with days without a sale', async () => {
  const { days, conversion } = (await read(desk.manager)).json<Dashboard>()
  expect(days).toHaveLength(60)
  expect(days.at(-1)).toEqual({ day: bangkokDay(t.deps.now()), gross: { amount: 6_000, currency: 'THB' }, orders: 1 })
  expect(days.filter(({ orders: count }) => count > 0).map(({ gross }) => gross.amount)).toEqual([6_000, 6_000, 6_000])
  expect(conversion).toEqual([
    { days: 1, placed: 1, paid: 1 },
    { days: 7, placed: 1, paid: 1 },
    { days: 30, placed: 2, paid: 2 },
  ])
})

test('photos that wait, are processed or failed are counted, in all and for their event', async () => {
  const { photos: counted, events, inbox } = (await read(desk.manager)).json<Dashboard>()
  expect(counted).toEqual({ waiting: 1, processing: 1, failed: 1 })
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({ id: desk.event.id, waiting: 1, processing: 1, failed: 1 })
  expect(inbox).toBeNull()
})

test('a platform admin reads of all studios, and of the inbox by kind', async () => {
  const all = (await read(desk.admin)).json<Dashboard>()
  expect(all.days.at(-1)!.orders).toBe(2)
  expect(all.events).toHaveLength(2)
  expect(all.inbox).toEqual([{ kind: 'failed_photo', count: 1 }])
  const one = (await read(desk.admin, `/api/admin/dashboard?studio=${desk.second.id}`)).json<Dashboard>()
  expect(one.days.at(-1)!.orders).toBe(1)
})

test('another studio is no studio', async () => {
  for (const url of ['/api/admin/dashboard', '/api/admin/activity'])
    expect((await read(desk.stranger, `${url}?studio=${desk.first.id}`)).statusCode).toBe(404)
})

test('owners see what staff did beside what was sold; managers see sales and photos alone', async () => {
  await t.app.inject({
    method: 'PUT',
    url: `/api/events/${desk.event.id}/status`,
    headers: desk.owner.headers,
    payload: { status: 'closed' },
  })
  await t.app.inject({
    method: 'PUT',
    url: `/api/events/${desk.event.id}/status`,
    headers: desk.owner.headers,
    payload: { status: 'on_sale' },
  })
  const kinds = async (who: typeof desk.owner) => {
    const { items } = (await read(who, '/api/admin/activity')).json<{ items: { kind: string }[] }>()
    return [...new Set(items.map(({ kind }) => kind))].toSorted()
  }
  expect(await kinds(desk.owner)).toEqual(['deed', 'paid', 'uploaded'])
  expect(await kinds(desk.manager)).toEqual(['paid', 'uploaded'])
})

const paidIn = (state: { items: { kind: string; id: string }[] }) =>
  state.items.filter(({ kind }) => kind === 'paid').map(({ id }) => id)

test.each([
  ['is suspended', { suspendedAt: new Date() }],
  ['is signed out everywhere', { sessionVersion: sql`${users.sessionVersion} + 1` }],
])('the activity sends the state now and each order that is paid after it, until its reader %s', async (_, ended) => {
  const reader = await t.member(desk.first.id, 'manager')
  const client = createClient({ baseUrl: `${address}/api`, headers: () => reader.headers })
  const states = client.follow(followActivity, { query: {} })
  expect((await states.next()).done).toBe(false)

  const id = await desk.sell(desk.event.id)
  await t.db.update(orders).set({ status: 'paid', fulfilledAt: null }).where(eq(orders.id, id))
  await fulfilOrder(t.deps, id)
  expect(paidIn((await states.next()).value!)).toContain(id)

  await t.db.update(users).set(ended).where(eq(users.id, reader.id))
  await desk.sell(desk.event.id)
  expect((await states.next()).done).toBe(true)
})
