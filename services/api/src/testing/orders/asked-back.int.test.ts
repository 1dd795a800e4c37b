import type { StaffOrder, StaffOrderDetail } from '@pix/contracts/admin-orders.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { inboxTakes } from '@pix/db/schema/inbox.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAskedBack, addRefund } from '../../money/refunds/testing.ts'
import { addSale } from '../../money/payouts/testing.ts'
import { type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let own: Awaited<ReturnType<typeof studioWithPeople>>
let other: Awaited<ReturnType<typeof studioWithPeople>>

async function studioWithPeople() {
  const { id } = await t.studio()
  const people = {
    owner: await t.member(id, 'owner'),
    manager: await t.member(id, 'manager'),
    sales: await t.member(id, 'sales'),
    photographer: await t.member(id, 'photographer'),
  }
  return { id, ...people, event: await t.event({ studioId: id }) }
}
type Person = { headers: Record<string, string> }

beforeAll(async () => {
  t = await testApp()
  own = await studioWithPeople()
  other = await studioWithPeople()
})
afterAll(() => t[Symbol.asyncDispose]())

/** An order of so many photos at 60 baht, all of which its buyer asks back. */
async function askedBack(photos: number) {
  const { orderId } = await addSale(t, { eventId: own.event.id, photographerId: own.photographer.id, photos })
  return { orderId, refundId: await addAskedBack(t, orderId) }
}
const read = async (orderId: string, who: Person = own.manager) =>
  (await t.app.inject({ url: `/api/admin/orders/${orderId}`, headers: who.headers })).json<StaffOrderDetail>()
const decide = (
  { orderId, refundId }: { orderId: string; refundId: string },
  who: Person,
  decision: 'approved' | 'refused' = 'approved',
) =>
  t.app.inject({
    method: 'POST',
    url: `/api/admin/orders/${orderId}/refunds/${refundId}/decide`,
    headers: who.headers,
    payload: { decision, reason: 'we looked at the photos' },
  })
const stateOf = async ({ refundId }: { refundId: string }) =>
  (await t.db.select({ state: refunds.state }).from(refunds).where(eq(refunds.id, refundId)))[0]!.state

test('a manager finds what a buyer asks back, approves it, and the books give every share back', async () => {
  const asked = await askedBack(3)
  const list = await t.app.inject({ url: '/api/admin/orders?has=refund_asked', headers: own.manager.headers })
  expect(list.json<{ items: StaffOrder[] }>().items.map(({ id }) => id)).toContain(asked.orderId)
  const before = await read(asked.orderId)
  expect(before.askedBack).toMatchObject([
    { id: asked.refundId, amount: { amount: 18_000 }, photos: 3, reason: 'not_me', startedBy: null },
  ])
  expect(before.may).toMatchObject({ decideRefunds: 'all' })

  expect((await decide(asked, own.manager)).statusCode).toBe(204)
  const after = await read(asked.orderId)
  expect([after.status, after.askedBack]).toEqual(['refund_pending', []])
  expect((await decide(asked, own.manager)).json()).toMatchObject({ code: 'line_closed' })
  const audit = await t.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subject, `refund:${asked.refundId}`))
  expect(audit).toMatchObject([{ action: 'refund.approve', actorId: own.manager.id, studioId: own.id }])
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0 })
})

test('above a manager’s limit the owner approves; a manager may refuse, and the buyer reads why', async () => {
  const [large, refused] = [await askedBack(40), await askedBack(40)]
  expect((await read(large.orderId)).may).toMatchObject({ decideRefunds: 'refuse' })
  expect((await decide(large, own.manager)).json()).toMatchObject({ code: 'above_refund_limit' })
  expect(await stateOf(large)).toBe('requested')
  expect((await read(large.orderId, own.owner)).may).toMatchObject({ decideRefunds: 'all' })
  expect((await decide(large, own.owner)).statusCode).toBe(204)
  expect(await stateOf(large)).toBe('approved')

  expect((await decide(refused, own.manager, 'refused')).statusCode).toBe(204)
  const letters = await t.db.select().from(outgoingMail).where(eq(outgoingMail.template, 'refund_refused'))
  expect(letters).toMatchObject([{ facts: { reason: 'we looked at the photos' } }])
})

test('sales staff start a refund that waits, and decide about none; other studios see nothing', async () => {
  const { orderId } = await addSale(t, { eventId: own.event.id, photographerId: own.photographer.id, photos: 1 })
  const started = await t.app.inject({
    method: 'POST',
    url: `/api/admin/orders/${orderId}/refunds`,
    headers: { ...own.sales.headers, 'idempotency-key': t.deps.newId() },
    payload: { reason: 'mistake', note: 'by telephone', payee: { kind: 'promptpay', id: '0812345678' } },
  })
  expect(started.json()).toMatchObject({ state: 'requested' })
  const asked = { orderId, refundId: started.json<{ id: string }>().id }
  const shown = await read(orderId)
  expect(shown.askedBack).toMatchObject([{ startedBy: own.sales.name, payeeNamed: true }])
  expect(shown.timeline.find(({ kind }) => kind === 'refund_asked')).toMatchObject({ who: own.sales.name })
  expect((await read(orderId, own.sales)).may).toMatchObject({ refundUpTo: { amount: 0 }, decideRefunds: 'no' })
  expect((await decide(asked, own.sales)).statusCode).toBe(403)
  expect((await decide(asked, other.owner)).statusCode).toBe(404)
  expect((await decide(asked, own.manager)).statusCode).toBe(204)
})

test('a request is decided at its own order only, and money that paid nothing not by its studio', async () => {
  const [first, second] = [await askedBack(1), await askedBack(1)]
  expect((await decide({ ...first, refundId: second.refundId }, own.owner)).statusCode).toBe(404)
  const kept = { orderId: first.orderId, refundId: await addRefund(t, first.orderId, 'requested') }
  expect((await decide(kept, own.owner)).statusCode).toBe(404)
  expect((await read(first.orderId)).askedBack.map(({ id }) => id)).toEqual([first.refundId])
})

test('what a person of the platform has taken in the inbox is not decided over, and two decide it once', async () => {
  const [taken, raced] = [await askedBack(1), await askedBack(1)]
  const admin = await t.user('admin')
  await t.db
    .insert(inboxTakes)
    .values({ kind: 'refund', itemId: taken.refundId, userId: admin.id, takenAt: t.deps.now() })
  expect((await decide(taken, own.owner)).json()).toMatchObject({ code: 'taken_by_another' })
  expect(await stateOf(taken)).toBe('requested')

  const both = await Promise.all([decide(raced, own.owner), decide(raced, own.manager, 'refused')])
  expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 409])
})
