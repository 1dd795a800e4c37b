import type { Order } from '@pix/contracts/orders.ts'
import { refreshTokens, users } from '@pix/db/schema/auth.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { thumbnailKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { boughtBy } from '../../base/caller.ts'
import { closeEntitlements } from '../../catalogue/entitlements/index.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { countStatements } from '../../testing/count-statements.ts'
import { expireOrder } from './expire-order.ts'
import { lockOrder } from './lock-order.ts'
import { markPaid } from './mark-paid.ts'
import { shopWithCart } from './order-testing.ts'
import { ownOrders } from './queries.ts'

const DAY_MS = 86_400_000
type Visitor = Awaited<ReturnType<TestApp['visitor']>>

/** One photo, bought for nothing by a guest under this address, and gone from the sale since. */
async function buyAs(email: string) {
  const t = await shopWithCart(1, { price: 0 })
  const expectedTotal = { amount: 0, currency: 'THB' }
  const order = (await t.post('/api/orders', { email, locale: 'en', expectedTotal })).json<Order>()
  const [photoId] = t.photoIds as [string]
  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked to' })
  const key = thumbnailKey(t.eventId, 'small', photoId)
  await t.storage.put(MAIN_BUCKET, key, Buffer.from('picture'), { contentType: 'image/jpeg' })
  const account = (address: string, more: Partial<typeof users.$inferInsert> = {}) =>
    t.user('customer', { email: address, emailVerifiedAt: t.deps.now(), ...more })
  const reads = [
    `/api/orders/${order.id}`,
    `/api/orders/${order.id}/download`,
    `/api/photos/${photoId}/original`,
    `/media/${t.eventId}/small/${photoId}.jpg`,
  ]
  /** The status of every answer about the order, and how many orders are listed. */
  const seen = async (who: Visitor) => {
    const answers = []
    for (const url of reads) answers.push((await t.get(url, who)).statusCode)
    return [...answers, (await t.get('/api/orders', who)).json<{ items: Order[] }>().items.length]
  }
  return Object.assign(t, { orderId: order.id, account, seen })
}

const ALL = [200, 200, 302, 200, 1]
const NOTHING = [404, 404, 404, 404, 0]

test('an order joins the account that has verified its e-mail, however it was typed, and no other account', async () => {
  await using t = await buyAs('Ann+Run@SHOP.test')
  expect(await t.seen(await t.visitor(await t.account('ann+run@shop.test')))).toEqual(ALL)
  expect(await t.seen(await t.visitor(await t.account('ann@shop.test')))).toEqual(NOTHING)
  expect(await t.seen(await t.visitor())).toEqual(NOTHING)
})

test('an order that a guest places with the address of a verified account is in that account, without a sign-in', async () => {
  await using t = await shopWithCart(1, { price: 0 })
  const ann = await t.user('customer', { email: 'ann@shop.test', emailVerifiedAt: t.deps.now() })
  const phone = await t.visitor(ann)
  const body = { email: 'Ann@shop.test', locale: 'en', expectedTotal: { amount: 0, currency: 'THB' } }
  const { id } = (await t.post('/api/orders', body)).json<Order>()
  expect((await t.get('/api/orders', phone)).json()).toMatchObject({ items: [{ id }] })
  expect((await t.get(`/api/orders/${id}/download`, phone)).statusCode).toBe(200)
})

test('a guest’s order is answered alike, by the same number of statements, whether its address has an account or not', async () => {
  await using t = await shopWithCart(1, { price: 0 })
  await t.user('customer', { email: 'ann@shop.test', emailVerifiedAt: t.deps.now() })
  await t.user('customer', { email: 'eve@shop.test', emailVerifiedAt: null })
  const answers = []
  for (const email of ['ann@shop.test', 'eve@shop.test', 'new@shop.test']) {
    const guest = await t.visitor()
    await t.post('/api/cart/items', { photoIds: t.photoIds }, '', guest)
    const body = { email, locale: 'en', expectedTotal: { amount: 0, currency: 'THB' } }
    const counted = countStatements(t)
    const answer = await t.post('/api/orders', body, undefined, guest)
    const { id: _, number: __, createdAt, expiresAt, paidAt, ...rest } = answer.json<Order>()
    answers.push([
      answer.statusCode,
      counted(),
      typeof createdAt,
      typeof expiresAt,
      typeof paidAt,
      { ...rest, email: '' },
    ])
  }
  expect(answers[0]![0]).toBe(201)
  expect(answers).toEqual([answers[0], answers[0], answers[0]])
})

test('an account sees nothing of its e-mail’s orders until it has verified the address', async () => {
  await using t = await buyAs('ann@shop.test')
  const ann = await t.account('ann@shop.test', { emailVerifiedAt: null })
  const phone = await t.visitor(ann)
  expect(await t.seen(phone)).toEqual(NOTHING)
  await t.db.update(users).set({ emailVerifiedAt: t.deps.now() }).where(eq(users.id, ann.id))
  expect(await t.seen(phone)).toEqual(ALL)
})

test('whatever ends the sign-in ends what its session may have: its tokens are revoked or over, the account is suspended', async () => {
  await using t = await buyAs('ann@shop.test')
  const ann = await t.account('ann@shop.test')
  const phone = await t.visitor(ann)
  await t.db.update(refreshTokens).set({ revokedAt: t.deps.now() })
  expect(await t.seen(phone)).toEqual(NOTHING)
  await t.db.update(refreshTokens).set({ revokedAt: null, expiresAt: t.deps.now() })
  expect(await t.seen(phone)).toEqual(NOTHING)
  await t.signIn(phone.sessionId, ann.id)
  expect(await t.seen(phone)).toEqual(ALL)
  await t.db.update(users).set({ suspendedAt: t.deps.now() }).where(eq(users.id, ann.id))
  expect(await t.seen(phone)).toEqual(NOTHING)
})

test('photos that somebody signed in had ordered return to the account’s cart, also after a sign-out on that device', async () => {
  await using t = await shopWithCart(1)
  const customer = await t.user('customer')
  const [phone, laptop] = [await t.visitor(customer), await t.visitor(customer)]
  await t.post('/api/cart/items', { photoIds: t.photoIds }, '', phone)
  const body = { email: 'ann@shop.test', locale: 'en', expectedTotal: { amount: 6_000, currency: 'THB' } }
  const { id } = (await t.post('/api/orders', body, 'k', phone)).json<Order>()
  const photosOf = async () => JSON.stringify((await t.get('/api/cart', laptop)).json().items)
  expect(await photosOf()).not.toContain(t.photoIds[0])
  await t.post('/api/auth/logout', {}, '', phone)
  t.forward(16 * 60_000)
  expect(await expireOrder(t.deps, id)).toBe(true)
  expect(await photosOf()).toContain(t.photoIds[0])
})

test('what was refunded or taken down is closed to the account, too', async () => {
  await using t = await buyAs('ann@shop.test')
  const phone = await t.visitor(await t.account('ann@shop.test'))
  await t.db.transaction(tx => closeEntitlements(t.deps, tx, { photoIds: t.photoIds }, 'refund'))
  expect(await t.seen(phone)).toEqual([200, 404, 404, 404, 1])
})

test('an unpaid order belongs to its browser alone: its e-mail may have been typed by anybody', async () => {
  await using t = await shopWithCart(1)
  const { id } = (await t.order(6_000)).json<Order>()
  const ann = await t.user('customer', { email: 'a@b.example', emailVerifiedAt: t.deps.now() })
  const phone = await t.visitor(ann)
  expect((await t.get(`/api/orders/${id}`, phone)).statusCode).toBe(404)
  expect((await t.post(`/api/orders/${id}/cancel`, {}, 'k', phone)).statusCode).toBe(404)
  expect((await t.get('/api/orders', phone)).json().items).toEqual([])
  expect((await t.get(`/api/orders/${id}`)).statusCode).toBe(200)
})

test('orders are listed page by page, newest first, each once', async () => {
  await using t = await buyAs('ann@shop.test')
  const phone = await t.visitor(await t.account('ann@shop.test'))
  const [paid] = await t.db.select().from(orders)
  const { buyerEmail: _, ...row } = paid!
  const more = [1, 2, 3, 4].map(n => ({ ...row, id: t.deps.newId(), number: `PX-${n}`, linkHash: null, total: 0 }))
  await t.db.insert(orders).values(more)
  const listed: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { items: Order[]; nextCursor: string | null } = (
      await t.get(`/api/orders?limit=2${cursor && `&cursor=${cursor}`}`, phone)
    ).json()
    listed.push(...page.items.map(order => order.id))
    cursor = page.nextCursor
  }
  expect(listed).toEqual([t.orderId, ...more.map(order => order.id)].toSorted().toReversed())
  expect((await t.get('/api/orders?cursor=nonsense', phone)).statusCode).toBe(422)
})

test('the session that paid has its downloads to the last minute, also where the money came weeks late', async () => {
  await using t = await shopWithCart(1)
  t.hold()
  const { id } = (await t.order(6_000)).json<Order>()
  t.forward(20 * DAY_MS)
  await expireOrder(t.deps, id)
  await t.db.transaction(async tx => markPaid(t.deps, tx, (await lockOrder(t.deps, tx, id))!))
  const [{ until }] = (await t.db.select({ until: entitlements.until }).from(entitlements)) as [{ until: Date }]
  t.forward(until.getTime() - t.deps.now().getTime() - 60_000)
  expect((await t.get(`/api/orders/${id}/download`)).statusCode).toBe(200)
  t.forward(60_000)
  expect((await t.get(`/api/orders/${id}/download`)).statusCode).toBe(404)
})

test('nobody’s orders are found by reading all orders, nor anybody’s photos by reading all that was bought', async () => {
  await using t = await buyAs('ann@shop.test')
  const ctx = t.buyerContext(await t.visitor())
  const buyer = { ...ctx.buyer, email: 'ann@shop.test' }
  const plans = await t.db.transaction(async tx => {
    await tx.execute(sql`set local enable_seqscan = off`)
    const statements = [
      sql`select id from ${orders} where ${ownOrders({ ...ctx, buyer })}`,
      sql`select id from ${entitlements} where ${boughtBy(buyer, t.deps.now(), entitlements)}`,
    ]
    const texts: string[] = []
    for (const statement of statements)
      texts.push(JSON.stringify((await tx.execute(sql`explain (format json) ${statement}`)).rows))
    return texts
  })
  for (const plan of plans) expect([plan.includes('BitmapOr'), plan.includes('Seq Scan')]).toEqual([true, false])
})
