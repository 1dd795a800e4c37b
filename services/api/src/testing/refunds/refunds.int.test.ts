import type { Refunds } from '@pix/contracts/refunds.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orderLines } from '@pix/db/schema/orders.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { eq, isNotNull, like, sum } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inboxOf } from '../../care/inbox/testing.ts'
import { checkLedger } from '../../money/ledger/check-ledger.ts'
import { type Bank, type Shop, startBank } from '../../money/payments/bank-testing.ts'
import { PROMPTPAY } from '../../money/refunds/testing.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

/** A bought order of an event with an organizer, so that every line has three shares. */
async function bought(t: Shop, photos: number) {
  const { id: userId } = await t.user('organizer')
  const [organizer] = await t.db.select().from(organizers).where(eq(organizers.userId, userId))
  const made = await t.withQr(photos, { organizer: organizer!.id })
  const [row] = await t.db.select().from(payments).where(eq(payments.id, made.payment.id))
  await bank.pay(row!.transId!)
  await expect.poll(() => t.status(made.visitor, made.order.id)).toBe('fulfilled')
  const path = `/api/orders/${made.order.id}/refunds`
  return {
    ...made,
    ask: (photoIds: string[]) => t.post(made.visitor, path, { photoIds, reason: 'quality', payee: PROMPTPAY }),
    refunds: async () => (await t.get(made.visitor, path)).json<Refunds>(),
    status: () => t.status(made.visitor, made.order.id),
  }
}
type Inbox = Awaited<ReturnType<typeof inboxOf>>
const approve = (inbox: Inbox, id: string) =>
  inbox.ask('POST', `/refund/${id}/decide`, { decision: 'approved', reason: 'true' })
const transfer = (inbox: Inbox, id: string) => inbox.ask('POST', `/refund/${id}/transferred`, { reference: 'KB-1' })

/** Satang that each account holds of what was sold, by line. */
async function sharesByLine(t: Shop): Promise<Map<string, number[]>> {
  const rows = await t.db
    .select({
      lineId: ledgerEntries.lineId,
      kind: ledgerAccounts.kind,
      total: sum(ledgerEntries.amount).mapWith(Number),
    })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(isNotNull(ledgerEntries.lineId))
    .groupBy(ledgerEntries.lineId, ledgerAccounts.kind)
  return new Map(
    [...new Set(rows.map(row => row.lineId!))].map(id => [
      id,
      rows.filter(row => row.lineId === id).map(row => row.total),
    ]),
  )
}

test('one photo of two is refunded: its sale is reversed to the satang, its download closes, the other stays', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const order = await bought(t, 2)
  const [gone, kept] = order.photoIds as [string, string]
  const asked = await order.ask([gone])
  expect([asked.statusCode, asked.json()]).toMatchObject([201, { state: 'requested', amount: { amount: 6_000 } }])
  expect((await order.ask([gone])).json().code).toBe('nothing_to_refund')
  expect((await t.get(order.visitor, `/api/photos/${gone}/original`)).statusCode).toBe(302)

  const refundId = asked.json().id
  expect((await approve(inbox, refundId)).statusCode).toBe(204)
  expect(await order.status()).toBe('refund_pending')
  expect((await t.get(order.visitor, `/api/photos/${gone}/original`)).statusCode).toBe(404)
  expect((await t.get(order.visitor, `/api/photos/${kept}/original`)).statusCode).toBe(302)
  const lines = await t.db.select().from(orderLines)
  const shares = await sharesByLine(t)
  const of = (photoId: string) => shares.get(lines.find(line => line.photoId === photoId)!.id)!
  expect(of(gone)).toEqual([0, 0, 0])
  expect(of(kept).reduce((a, b) => a + b, 0)).toBe(-6_000)

  expect((await transfer(inbox, refundId)).statusCode).toBe(204)
  expect((await transfer(inbox, refundId)).json().code).toBe('line_closed')
  expect(await order.status()).toBe('partially_refunded')
  expect(await order.refunds()).toMatchObject({ items: [{ state: 'transferred' }], refundable: [{ photoId: kept }] })

  const rest = (await order.ask([kept])).json().id
  await approve(inbox, rest)
  await transfer(inbox, rest)
  expect(await order.status()).toBe('refunded')
  expect((await t.get(order.visitor, `/api/orders/${order.order.id}/download`)).statusCode).toBe(404)
  expect(await checkLedger(t.db)).toMatchObject({ unbalanced: 0, wrong: 0 })
  const audited = await t.db.select().from(auditEvents).where(like(auditEvents.action, 'refund.%'))
  expect(new Set(audited.map(line => line.studioId))).toEqual(new Set([HOUSE_STUDIO]))
  const admin = await t.user('admin')
  const revenue = await t.app.inject({ url: '/api/revenue/summary', headers: admin.headers })
  expect(revenue.json().summary?.split ?? revenue.json().split).toMatchObject({ photographer: { amount: 0 } })
})

test('two refunds of the same photos at once are one, and two decisions at once give the money back once', async () => {
  await using t = await bank.openShop()
  const order = await bought(t, 2)
  const answers = await Promise.all([order.ask(order.photoIds), order.ask([order.photoIds[0]!])])
  expect(answers.map(answer => answer.statusCode).toSorted()).toEqual([201, 409])
  const { id } = answers.find(answer => answer.statusCode === 201)!.json()
  const inboxes = [await inboxOf(t, await t.user('admin')), await inboxOf(t, await t.user('admin'))]
  const decided = await Promise.all(inboxes.map(inbox => approve(inbox, id)))
  expect(decided.map(answer => answer.statusCode).toSorted()).toEqual([204, 409])
  expect(await t.db.$count(ledgerPostings, eq(ledgerPostings.kind, 'refund'))).toBe(1)
})

test('a refused refund changes nothing in the books, and the photos may be asked back again', async () => {
  await using t = await bank.openShop()
  const inbox = await inboxOf(t)
  const order = await bought(t, 1)
  const { id } = (await order.ask(order.photoIds)).json()
  await inbox.ask('POST', `/refund/${id}/decide`, { decision: 'refused', reason: 'sharp enough' })
  expect(await order.status()).toBe('fulfilled')
  expect(await t.db.$count(ledgerPostings)).toBe(1)
  expect(await order.refunds()).toMatchObject({ items: [{ state: 'refused', decisionReason: 'sharp enough' }] })
  expect((await order.ask(order.photoIds)).statusCode).toBe(201)
})

test('photos that are not in the order, and orders of others or that are unpaid, have nothing to give back', async () => {
  await using t = await bank.openShop()
  const [order, other] = [await bought(t, 1), await bought(t, 1)]
  expect((await order.ask(other.photoIds)).json().code).toBe('nothing_to_refund')
  const path = `/api/orders/${other.order.id}/refunds`
  const body = { photoIds: other.photoIds, reason: 'quality', payee: PROMPTPAY }
  expect((await t.post(order.visitor, path, body)).statusCode).toBe(404)
  const open = await t.withQr(1)
  const ofOpen = { photoIds: open.photoIds, reason: 'mistake', payee: PROMPTPAY }
  expect((await t.post(open.visitor, `/api/orders/${open.order.id}/refunds`, ofOpen)).json().code).toBe(
    'nothing_to_refund',
  )
  const wrong = { ...body, photoIds: order.photoIds, payee: { kind: 'promptpay', id: '12345' } }
  expect((await t.post(order.visitor, `/api/orders/${order.order.id}/refunds`, wrong)).json().code).toBe(
    'invalid_request',
  )
})
