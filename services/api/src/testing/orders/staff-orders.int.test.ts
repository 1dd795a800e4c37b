import type { StaffOrder, StaffOrderDetail } from '@pix/contracts/admin-orders.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addKeptMoney, addRefund } from '../../money/refunds/testing.ts'
import { addSale } from '../../money/payouts/testing.ts'
import { addPaidOrder } from '../paid-order.ts'
import { type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let own: Awaited<ReturnType<typeof studioWithSales>>
let other: Awaited<ReturnType<typeof studioWithSales>>

/** A studio with its people, an event, and three paid orders of it, the oldest first. */
async function studioWithSales() {
  const { id } = await t.studio()
  const [manager, sales] = [await t.member(id, 'manager'), await t.member(id, 'sales')]
  const photographer = await t.member(id, 'photographer')
  const event = await t.event({ studioId: id })
  const buyer = await t.visitor()
  const ids: string[] = []
  for (let n = 0; n < 3; n += 1) {
    const orderId = await addPaidOrder(t.db, buyer.sessionId, [await t.photo(event.id, photographer.id)])
    const createdAt = new Date(Date.UTC(2026, 9, 1 + n))
    const email = `Buyer${n}.${id}@shop.test`
    await t.db
      .update(orders)
      .set({ createdAt, email, number: `PX-${id.slice(-4)}-${n}00000`.toUpperCase() })
      .where(eq(orders.id, orderId))
    ids.push(orderId)
  }
  return { id, manager, sales, photographer, event, ids }
}
type Person = { headers: Record<string, string> }

beforeAll(async () => {
  t = await testApp()
  own = await studioWithSales()
  other = await studioWithSales()
})
afterAll(() => t[Symbol.asyncDispose]())

const get = async (url: string, who: Person = own.manager) =>
  t.app.inject({ url: `/api/admin/orders${url}`, headers: who.headers })
const list = async (query: Record<string, string> = {}, who: Person = own.manager) =>
  (await get(`?${new URLSearchParams(query)}`, who)).json<{ items: StaffOrder[]; nextCursor: string | null }>()
const idsOf = async (query: Record<string, string>, who?: Person) => (await list(query, who)).items.map(({ id }) => id)
const read = async (id: string, who?: Person) => (await get(`/${id}`, who)).json<StaffOrderDetail>()
const post = (url: string, payload: object, who: Person = own.manager) =>
  t.app.inject({ method: 'POST', url: `/api/admin/orders${url}`, payload, headers: who.headers })

test('staff read the orders of their studio, newest first, page by page; a platform admin those of all', async () => {
  const admin = await t.user('admin')
  const [first, second, third] = own.ids
  expect(await idsOf({})).toEqual([third, second, first])
  const page = await list({ limit: '2' })
  expect(page.items.map(({ id }) => id)).toEqual([third, second])
  expect(await idsOf({ limit: '2', cursor: page.nextCursor! })).toEqual([first])
  expect((await idsOf({}, admin)).toSorted()).toEqual([...own.ids, ...other.ids].toSorted())
  expect(await idsOf({ studio: other.id }, admin)).toEqual(other.ids.toReversed())
  expect((await get(`?studio=${other.id}`)).statusCode).toBe(404)
  expect((await get(`/${other.ids[0]}`)).statusCode).toBe(404)
})

test('filters narrow the list: state, days in Bangkok, event, gateway, refunds and money that waits', async () => {
  const [first, second, third] = own.ids as [string, string, string]
  await addRefund(t, first, 'requested')
  await addKeptMoney(t, second)
  expect(await idsOf({ has: 'refund' })).toEqual([first])
  expect(await idsOf({ has: 'unapplied' })).toEqual([second])
  expect(await idsOf({ gateway: 'paynoi' })).toEqual([second, first])
  expect(await idsOf({ gateway: 'omise' })).toEqual([])
  // The first of October in UTC is seven o'clock of that day in Bangkok.
  expect(await idsOf({ from: '2026-10-02', to: '2026-10-02' })).toEqual([second])
  expect(await idsOf({ event: own.event.id, status: 'fulfilled' })).toEqual([third, second, first])
  expect(await idsOf({ event: other.event.id })).toEqual([])
  expect(await idsOf({ status: 'cancelled' })).toEqual([])
  expect((await list()).items[1]).toMatchObject({ photos: 1, gateway: 'paynoi', hasRefund: false, hasUnapplied: true })
})

test('an order is found by the beginning of its number or address, and by what people name of a payment or a transfer', async () => {
  const [first] = own.ids as [string]
  const [payment] = await t.db.select().from(payments).where(eq(payments.orderId, first))
  const refundId = await addRefund(t, first, 'approved')
  const transferred = { state: 'transferred' as const, transferredAt: new Date(), transferReference: 'KBANK-77' }
  await t.db.update(refunds).set(transferred).where(eq(refunds.id, refundId))
  for (const q of [`px-${own.id.slice(-4)}-0`, `buyer0.${own.id}`, payment!.ref1, payment!.transId!, 'KBANK-77'])
    expect([q, await idsOf({ q })]).toEqual([q, [first]])
  expect(await idsOf({ q: `buyer0.${other.id}` })).toEqual([])
  expect(await idsOf({ q: '%%%' })).toEqual([])
})

test('who only helps customers sees no whole address, and finds one by nothing less than the whole', async () => {
  const [first] = own.ids as [string]
  expect((await list({}, own.sales)).items[0]!.email).toBe('B•••@shop.test')
  expect((await read(first, own.sales)).email).toBe('B•••@shop.test')
  expect((await read(first)).email).toBe(`Buyer0.${own.id}@shop.test`)
  expect(await idsOf({ q: `buyer0.${own.id}` }, own.sales)).toEqual([])
  expect(await idsOf({ q: `BUYER0.${own.id}@shop.test` }, own.sales)).toEqual([first])
  expect((await get('', own.photographer)).statusCode).toBe(403)
})

test('an order lists everything that happened to it, by time, with who decided', async () => {
  const [, second] = own.ids as [string, string]
  expect((await post(`/${second}/letter`, {}, own.sales)).statusCode).toBe(204)
  const [order] = await t.db.select().from(orders).where(eq(orders.id, second))
  const [letter] = await t.db.select().from(outgoingMail).where(eq(outgoingMail.id, order!.letterId!))
  expect(letter).toMatchObject({ template: 'order_paid', recipient: order!.email })
  const { timeline, lines, may } = await read(second)
  expect(timeline.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['placed', 'payment', 'receipt', 'paid', 'fulfilled', 'archive', 'letter', 'decision']),
  )
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted())
  expect(timeline.find(({ kind }) => kind === 'receipt')).toMatchObject({ state: 'waiting', word: 'second_payment' })
  const [decision] = timeline.filter(({ kind }) => kind === 'decision')
  expect(decision).toMatchObject({ word: 'order.resend', who: expect.stringMatching(/./) })
  expect(lines).toMatchObject([{ price: { amount: 6_000 }, refunded: false, takenDown: false }])
  expect(may).toMatchObject({ cancel: false, resend: true, settleMoney: false, refund: true })
})

test('what a buyer did to an order is not said of our people, and names nobody', async () => {
  const [first] = own.ids as [string]
  const buyer = await t.user('customer')
  const admin = await t.user('admin')
  const subject = `order:${first}`
  for (const [actorId, action] of [
    [buyer.id, 'order.email'],
    [null, 'guest.delete'],
    [own.manager.id, 'order.email'],
    [admin.id, 'receipt.apply'],
  ] as const)
    await t.db
      .insert(auditEvents)
      .values({ id: t.deps.newId(), actorId, studioId: own.id, action, subject, detail: {} })
  const { timeline } = await read(first, own.sales)
  const named = expect.stringMatching(/./)
  expect(
    timeline.flatMap(({ kind, word, who }) => (kind === 'decision' || kind === 'by_buyer' ? [[kind, word, who]] : [])),
  ).toEqual([
    ['by_buyer', 'order.email', null],
    ['by_buyer', 'guest.delete', null],
    ['decision', 'order.email', named],
    ['decision', 'receipt.apply', named],
  ])
})

test('who may not see an order’s address does not lift its suppression, who may does', async () => {
  const [first] = own.ids as [string]
  const address = `buyer0.${own.id}@shop.test`
  await t.db.insert(suppressedAddresses).values({ address, reason: '550', suppressedAt: t.deps.now() })
  const kept = () => t.db.$count(suppressedAddresses, eq(suppressedAddresses.address, address))
  expect((await post(`/${first}/letter`, {}, own.sales)).json()).toMatchObject({ code: 'illegal_state' })
  expect(await kept()).toBe(1)
  expect((await post(`/${first}/letter`, {})).statusCode).toBe(204)
  expect(await kept()).toBe(0)
})

test('the letter of one order is sent again five times an hour, however many people ask', async () => {
  const [, , third] = own.ids as [string, string, string]
  const answers: number[] = []
  for (const who of [own.sales, own.manager, own.sales, own.manager, own.sales, own.manager])
    answers.push((await post(`/${third}/letter`, {}, who)).statusCode)
  expect(answers).toEqual([204, 204, 204, 204, 204, 429])
})

test('an unpaid order is cancelled with a reason and a note, its photos return to the cart, a paid one is not', async () => {
  const buyer = await t.visitor()
  const photo = await t.photo(own.event.id, own.photographer.id)
  const headers = { ...buyer.headers, 'idempotency-key': t.deps.newId() }
  await t.app.inject({
    method: 'POST',
    url: '/api/cart/items',
    payload: { photoIds: [photo.id] },
    headers: buyer.headers,
  })
  const expectedTotal = { amount: 6_000, currency: 'THB' }
  const payload = { email: 'a@b.example', locale: 'th', expectedTotal }
  const placed = await t.app.inject({ method: 'POST', url: '/api/orders', payload, headers })
  const { id } = placed.json<{ id: string }>()
  expect((await read(id)).may).toMatchObject({ cancel: true, resend: false })

  const cancel = { reason: 'suspicious', note: 'three times today' }
  expect((await post(`/${id}/cancel`, cancel, other.manager)).statusCode).toBe(404)
  expect((await post(`/${id}/cancel`, cancel, own.sales)).statusCode).toBe(204)
  expect((await post(`/${id}/cancel`, cancel)).json()).toMatchObject({ code: 'illegal_state' })
  const { status, timeline } = await read(id)
  expect(status).toBe('cancelled')
  expect(timeline.find(({ kind }) => kind === 'cancelled')).toMatchObject({ word: 'suspicious', text: cancel.note })
  const cart = await t.app.inject({ url: '/api/cart', headers: buyer.headers })
  expect(cart.body).toContain(photo.id)
  expect(
    await t.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `order:${id}`)),
  ).toMatchObject([{ action: 'order.cancel', actorId: own.sales.id, studioId: own.id }])
  expect((await post(`/${own.ids[0]}/cancel`, cancel)).statusCode).toBe(409)
})

/** A sale of 40 photos, 60 baht each, and how somebody gives it back. */
async function soldAndGivenBack() {
  const { orderId, photoIds } = await addSale(t, {
    eventId: own.event.id,
    photographerId: own.photographer.id,
    photos: 40,
  })
  const give = (who: Person, payload: object = {}, key = t.deps.newId()) =>
    t.app.inject({
      method: 'POST',
      url: `/api/admin/orders/${orderId}/refunds`,
      headers: { ...who.headers, 'idempotency-key': key },
      payload: { reason: 'quality', note: 'blurred, by telephone', payee: null, ...payload },
    })
  return { orderId, photoIds, give }
}

test('a manager who sends many refunds of an order at once gives no more back than the limit allows', async () => {
  const { photoIds, give } = await soldAndGivenBack()
  const answers = await Promise.all(
    [0, 10, 20, 30].map(from => give(own.manager, { photoIds: photoIds.slice(from, from + 10) })),
  )
  const given = answers.map(answer => answer.json<{ state: string; amount: { amount: number } }>())
  const approved = given.filter(({ state }) => state === 'approved')
  expect(given.map(({ amount }) => amount.amount)).toEqual([60_000, 60_000, 60_000, 60_000])
  expect(approved.length).toBe(3)
})

test('a manager gives single photos back up to the limit, and what is more of the order waits for the platform', async () => {
  const { orderId, photoIds, give } = await soldAndGivenBack()
  expect((await read(orderId)).may).toMatchObject({ refund: true, refundUpTo: { amount: 200_000 } })
  for (const [who, status] of [
    [own.photographer, 403],
    [other.manager, 404],
  ] as const)
    expect((await give(who)).statusCode).toBe(status)
  const first = await give(own.manager, { photoIds: photoIds.slice(0, 30) })
  expect(first.json()).toMatchObject({ state: 'approved', amount: { amount: 180_000 }, reason: 'quality' })
  expect((await give(own.manager, { photoIds: photoIds.slice(29, 31) })).json()).toMatchObject({
    code: 'nothing_to_refund',
  })
  expect((await read(orderId)).may.refundUpTo).toMatchObject({ amount: 20_000 })
  const more = await give(own.manager, { photoIds: photoIds.slice(30, 34) })
  expect(more.json()).toMatchObject({ state: 'requested', amount: { amount: 24_000 } })
  const { status, lines, timeline } = await read(orderId)
  expect([status, lines.filter(({ refunded }) => refunded).length]).toEqual(['refund_pending', 34])
  expect(timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['refund_asked', 'refund_decided']))
  const audit = await t.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subject, `refund:${first.json<{ id: string }>().id}`))
  expect(audit.map(({ action, actorId, studioId }) => [action, actorId, studioId]).toSorted()).toEqual([
    ['refund.approve', own.manager.id, own.id],
    ['refund.start', own.manager.id, own.id],
  ])
})

test('an owner gives a whole order back once, however often it is sent', async () => {
  const { orderId, give } = await soldAndGivenBack()
  const owner = await t.member(own.id, 'owner')
  const key = t.deps.newId()
  const answers = [await give(owner, {}, key), await give(owner, {}, key)]
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201])
  expect(answers[0]!.json()).toMatchObject({ state: 'approved', amount: { amount: 240_000 } })
  expect(answers[1]!.json()).toEqual(answers[0]!.json())
  expect((await give(owner)).json()).toMatchObject({ code: 'nothing_to_refund' })
  expect(await t.db.$count(refunds, eq(refunds.orderId, orderId))).toBe(1)
  expect((await read(orderId)).may).toMatchObject({ refund: false })
})
