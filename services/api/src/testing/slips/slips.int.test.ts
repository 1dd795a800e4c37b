import type { Order } from '@pix/contracts/orders.ts'
import type { Transfer } from '@pix/contracts/transfers.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { transferAccounts } from '@pix/db/schema/transfer-accounts.ts'
import { slipKey, slipUploadKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inboxOf } from '../../care/inbox/testing.ts'
import { checkLedger } from '../../money/ledger/check-ledger.ts'
import { type Bank, type Shop, startBank } from '../../money/payments/bank-testing.ts'
import { expireOrders } from '../../money/payments/sweep-payments.ts'
import { forgetSlips } from '../../money/payments/slips/forget-slips.ts'
import { ACCOUNT, addSlip, found, slipForm } from '../../money/payments/slips/testing.ts'
import { PASSWORD, PASSWORD_HASH } from '../authz/objects.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Not the default, so that the limit in the answer is seen to be the setting. */
const MAX_BYTES = 12_000_000
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex')

let bank: Bank
let t: Shop
let admin: { headers: Record<string, string> }
let inbox: Awaited<ReturnType<typeof inboxOf>>
beforeAll(async () => {
  bank = await startBank()
  t = await bank.openShop({ settings: { SELFIE_MAX_BYTES: String(MAX_BYTES) } })
  admin = await t.user('admin', { passwordHash: PASSWORD_HASH })
  inbox = await inboxOf(t, admin)
  await setAccount(ACCOUNT)
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  await bank.stop()
})

type Visitor = Awaited<ReturnType<Shop['visitor']>>
const setAccount = (account: object | null, password = PASSWORD) =>
  t.app.inject({
    method: 'PUT',
    url: '/api/admin/transfer-account',
    headers: admin.headers,
    payload: { account, password },
  })

/** An order of one photo, 60 baht, that asked for no QR. */
async function ordered(): Promise<{ visitor: Visitor; order: Order }> {
  const { visitor } = await t.withCart(1)
  return { visitor, order: (await t.order(visitor, 6_000)).json<Order>() }
}
const transferOf = async (visitor: Visitor, orderId: string) =>
  (await t.get(visitor, `/api/orders/${orderId}/transfer`)).json<Transfer>()
function send(visitor: Visitor, orderId: string, bytes: Buffer = JPEG) {
  const { type, payload } = slipForm(bytes)
  const headers = { ...visitor.headers, 'content-type': type }
  return t.app.inject({ method: 'POST', url: `/api/orders/${orderId}/slips`, headers, payload })
}
const arrived = (id: string, body: object) => inbox.ask('POST', `/slip/${id}/arrived`, body)
const slipRow = async (id: string) => (await t.db.select().from(slips).where(eq(slips.id, id)))[0]!
const BALANCED = { unbalanced: 0, wrong: 0, drifted: 0 }

test('the account changes only with the admin’s password; it is kept encrypted, shown to the buyer with amount, number and QR, and every admin gets a letter about its change', async () => {
  const { visitor, order } = await ordered()
  expect((await setAccount(null, 'another password')).json().code).toBe('wrong_password')
  const transfer = await transferOf(visitor, order.id)
  expect(transfer).toMatchObject({ account: ACCOUNT, amount: { amount: 6_000 } })
  expect(transfer).toMatchObject({ orderNumber: order.number, maySend: true })
  expect(transfer.qrImage).toMatch(/^data:image\/png;base64,iVBOR/)
  const rows = await t.db.select().from(transferAccounts)
  expect(JSON.stringify(rows)).not.toContain(ACCOUNT.number)
  expect(rows[0]!.number.includes(Buffer.from(ACCOUNT.number))).toBe(false)
  const letters = await t.db.select().from(outgoingMail).where(eq(outgoingMail.template, 'transfer_account_set'))
  expect(letters.length).toBeGreaterThan(0)
  expect(JSON.stringify(letters)).not.toContain(ACCOUNT.number)
  const lines = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'transfer_account.set'))
  expect(lines).toMatchObject([{ after: { bank: 'KBank', lastDigits: '6789' } }])
  expect((await t.get(await t.visitor(), `/api/orders/${order.id}/transfer`)).statusCode).toBe(404)
})

test('without an account nothing can be sent, and a file beyond the limit that the answer names, none or an empty one is refused with its reason', async () => {
  const { visitor, order } = await ordered()
  await setAccount(null)
  expect(await transferOf(visitor, order.id)).toMatchObject({ account: null, maySend: false })
  expect((await send(visitor, order.id)).json().code).toBe('no_transfers')
  await setAccount(ACCOUNT)
  expect((await transferOf(visitor, order.id)).maxBytes).toBe(MAX_BYTES)
  expect((await send(visitor, order.id, Buffer.alloc(MAX_BYTES + 1, 0xff))).json().code).toBe('file_too_large')
  expect((await send(visitor, order.id, Buffer.alloc(0))).json().code).toBe('empty_file')
  expect((await send(await t.visitor(), order.id)).statusCode).toBe(404)
  expect(await t.db.$count(slips, eq(slips.orderId, order.id))).toBe(0)
  const left: string[] = []
  for await (const { key } of t.deps.storage.list(VANISHING_BUCKET, 'slips/')) left.push(key)
  expect(left).toEqual([])
})

test('a slip is kept for the worker, its order asks for no QR meanwhile, and three wait at the most', async () => {
  const { visitor, order } = await ordered()
  const sent = await send(visitor, order.id)
  expect(sent.statusCode).toBe(202)
  const [slip] = sent.json<Transfer>().slips
  expect(slip).toMatchObject({ state: 'reading', reference: null })
  expect(await t.deps.storage.exists(VANISHING_BUCKET, slipUploadKey(slip!.id))).toBe(true)
  expect((await t.payment(visitor, order.id)).json().code).toBe('slip_waits')
  for (let i = 0; i < 2; i += 1) expect((await send(visitor, order.id)).statusCode).toBe(202)
  expect((await send(visitor, order.id)).json().code).toBe('too_many_slips')
  expect((await transferOf(visitor, order.id)).maySend).toBe(false)
})

test('money that a person finds pays the order once: downloads open, the ledger balances, the line is gone', async () => {
  const { visitor, order } = await ordered()
  const id = await addSlip(t, order.id, { bank: '014', reference: 'AAAA0001' })
  const [line] = (await inbox.read({ kind: 'slip' })).items.filter(one => one.id === id)
  expect(line).toMatchObject({
    kind: 'slip',
    about: {
      order: { number: order.number, total: { amount: 6_000 } },
      bank: '014',
      reference: 'AAAA0001',
      sameAs: [],
    },
  })
  const picture = await inbox.ask('GET', `/slip/${id}/picture`)
  expect([picture.statusCode, picture.headers['content-type'], picture.headers['cache-control']]).toEqual([
    200,
    'image/jpeg',
    'private, no-store',
  ])
  expect(await t.db.$count(auditEvents, eq(auditEvents.action, 'slip.see'))).toBe(1)

  const both = await Promise.all([arrived(id, found('KB-0001')), arrived(id, found('KB-0002'))])
  expect(both.map(answer => answer.statusCode).toSorted()).toEqual([204, 409])
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
  expect((await t.get(visitor, `/api/orders/${order.id}/download`)).statusCode).toBe(200)
  expect((await arrived(id, found('KB-0003'))).json().code).toBe('line_closed')
  const came = await t.db.select().from(receipts).where(eq(receipts.gateway, 'transfer'))
  expect(came.filter(one => one.reason === null)).toHaveLength(1)
  expect(await slipRow(id)).toMatchObject({ state: 'arrived', amount: 6_000 })
  expect(await checkLedger(t.db)).toMatchObject(BALANCED)
  expect((await send(visitor, order.id)).json().code).toBe('order_already_paid')
})

test('another amount waits as money that pays nothing, and the buyer sees it; the same reference is taken in once', async () => {
  const { visitor, order } = await ordered()
  const id = await addSlip(t, order.id)
  expect((await arrived(id, found('KB-9001', { satang: 5_000 }))).statusCode).toBe(204)
  const shown = (await t.get(visitor, `/api/orders/${order.id}`)).json<Order>()
  expect(shown.keptMoney).toMatchObject({ amount: { amount: 5_000 }, reason: 'wrong_amount' })
  const [line] = (await inbox.read({ kind: 'receipt' })).items
  const about = { reason: 'wrong_amount', gateway: 'transfer', order: { number: order.number } }
  expect(line).toMatchObject({ about })

  const other = await ordered()
  const second = await addSlip(t, other.order.id)
  expect((await arrived(second, found('kb 9001'))).json().code).toBe('reference_used')
  expect(await slipRow(second)).toMatchObject({ state: 'waiting' })
  expect(await t.status(other.visitor, other.order.id)).toBe('pending')
  expect(await checkLedger(t.db)).toMatchObject({ ...BALANCED, held: 1, heldAmount: 5_000 })
})

test('the satang of a QR that was asked for are the right amount, too', async () => {
  await bank.faults({ satang: 7 })
  const { visitor, order } = await t.withQr(1)
  await bank.faults()
  const id = await addSlip(t, order.id)
  expect((await arrived(id, found('KB-0007', { satang: 6_007 }))).statusCode).toBe(204)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
})

test('a gateway that has the money is asked first: the order is paid by it, and the same money is not taken in twice', async () => {
  const { visitor, order, payment } = await t.withQr(1)
  const id = await addSlip(t, order.id)
  const [row] = await t.db.select().from(payments).where(eq(payments.id, payment.id))
  await bank.faultsOf(row!.transId!, { never: true })
  await bank.pay(row!.transId!)
  expect((await arrived(id, found('KB-0100'))).json().code).toBe('order_already_paid')
  expect(await t.status(visitor, order.id)).toBe('fulfilled')

  // Somebody who looked and found a second transfer says so: it waits to be given back.
  expect((await arrived(id, found('KB-0100', { isSecond: true }))).statusCode).toBe(204)
  const [second] = await t.db.select().from(receipts).where(eq(receipts.transId, 'KB0100'))
  expect(second).toMatchObject({ reason: 'second_payment', amount: 6_000, appliedAt: null })
  expect(await checkLedger(t.db)).toMatchObject(BALANCED)
})

test('while a gateway does not say whether a QR was paid no slip’s money is taken in, unless it is said to be none of a QR', async () => {
  const { visitor, order, payment } = await t.withQr(1)
  const id = await addSlip(t, order.id)
  const [row] = await t.db.select().from(payments).where(eq(payments.id, payment.id))
  await bank.faultsOf(row!.transId!, { fail: 'check' })
  expect((await arrived(id, found('KB-0150'))).json().code).toBe('gateway_silent')
  expect(await slipRow(id)).toMatchObject({ state: 'waiting' })
  expect(await t.status(visitor, order.id)).toBe('awaiting_payment')
  expect((await arrived(id, found('KB-0150', { isNotQrMoney: true }))).statusCode).toBe(204)
  expect(await t.status(visitor, order.id)).toBe('fulfilled')
  const [line] = await t.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subject, `slip:${id}`))
  expect(line).toMatchObject({ action: 'slip.arrived', after: { isNotQrMoney: true } })
})

test.each(['failed', 'abandoned'] as const)(
  'a %s attempt is asked about, too, before its money counts twice',
  async state => {
    const { order, payment } = await t.withQr(1)
    const id = await addSlip(t, order.id)
    const [row] = await t.db
      .update(payments)
      .set({ state, nextCheckAt: null })
      .where(eq(payments.id, payment.id))
      .returning()
    await bank.faultsOf(row!.transId!, { never: true })
    await bank.pay(row!.transId!)
    expect((await arrived(id, found(`KB-${state}`))).json().code).toBe('order_already_paid')
    expect(await slipRow(id)).toMatchObject({ state: 'waiting' })
  },
)

test('the buyer sees that money did not arrive, with its reason, and may send another slip or ask for a QR', async () => {
  const { visitor, order } = await ordered()
  const id = await addSlip(t, order.id)
  expect((await inbox.ask('POST', `/slip/${id}/refuse`, { reason: 'not on the statement' })).statusCode).toBe(204)
  expect((await inbox.ask('POST', `/slip/${id}/refuse`, { reason: 'again' })).json().code).toBe('line_closed')
  const { slips: sent, maySend } = await transferOf(visitor, order.id)
  expect([sent[0], maySend]).toMatchObject([{ state: 'not_arrived', reason: 'not on the statement' }, true])
  const [letter] = await t.db.select().from(outgoingMail).where(eq(outgoingMail.template, 'slip_refused'))
  expect(letter).toMatchObject({
    recipient: 'a@b.example',
    facts: { order: order.number, reason: 'not on the statement' },
  })
  expect((await t.payment(visitor, order.id)).statusCode).toBe(201)
})

test('an order does not run out of time while its slip waits; its money pays it also after it did', async () => {
  const { visitor, order } = await ordered()
  const late = await ordered()
  const at = t.deps.now()
  const later = { ...t.deps, now: () => new Date(at.getTime() + 60 * MINUTE) }
  const id = await addSlip(t, order.id)
  await expireOrders(later)
  expect(await t.status(visitor, order.id)).toBe('pending')
  expect(await t.status(late.visitor, late.order.id)).toBe('expired')
  const after = await send(late.visitor, late.order.id)
  expect(after.statusCode).toBe(202)
  const lateSlip = after.json<Transfer>().slips[0]!.id
  await t.db.update(slips).set({ state: 'waiting', readAt: at }).where(eq(slips.id, lateSlip))
  expect((await arrived(lateSlip, found('KB-0200'))).statusCode).toBe(204)
  expect(await t.status(late.visitor, late.order.id)).toBe('fulfilled')
  await inbox.ask('POST', `/slip/${id}/refuse`, { reason: 'no' })
  await expireOrders(later)
  expect(await t.status(visitor, order.id)).toBe('expired')
})

test('the same transfer for two orders is shown to the admin who decides, and the database lets one of them arrive', async () => {
  const [first, second] = [await ordered(), await ordered()]
  const code = { bank: '004', reference: 'SAME000001' }
  const ids = [await addSlip(t, first.order.id, code), await addSlip(t, second.order.id, code)]
  const lines = (await inbox.read({ kind: 'slip', first: 'newest' })).items.filter(({ id }) => ids.includes(id))
  expect(lines.map(line => line.kind === 'slip' && line.about.sameAs.map(({ state }) => state))).toEqual([
    ['waiting'],
    ['waiting'],
  ])
  expect((await arrived(ids[0]!, found('KB-0300'))).statusCode).toBe(204)
  expect((await arrived(ids[1]!, found('KB-0301'))).json().code).toBe('reference_used')
  expect(await t.status(second.visitor, second.order.id)).toBe('pending')
})

test('a slip’s picture is deleted 30 days after the decision and not before, what a killed worker left at once; hash and reference stay', async () => {
  const { order } = await ordered()
  const at = t.deps.now().getTime()
  const decided = (days: number) => ({
    state: 'not_arrived' as const,
    decisionReason: '-',
    decidedAt: new Date(at - days * DAY),
  })
  const old = await addSlip(t, order.id, { ...decided(31), bank: '014', reference: 'OLD0000001' })
  const fresh = await addSlip(t, order.id, decided(29))
  const waiting = await addSlip(t, order.id, { uploadedAt: new Date(at - 60 * DAY), readAt: new Date(at - 60 * DAY) })
  const stray = slipUploadKey(t.deps.newId())
  await t.deps.storage.put(VANISHING_BUCKET, stray, JPEG, { contentType: 'image/jpeg' })
  // What a killed worker left: a refused picture, and an upload that was read.
  const refused = await addSlip(t, order.id, { state: 'unreadable', fault: 'damaged', decidedAt: t.deps.now() })
  const upload = slipUploadKey(waiting)
  await t.deps.storage.put(VANISHING_BUCKET, upload, JPEG, { contentType: 'image/jpeg' })
  await forgetSlips(t.deps)
  const there = (key: string) => t.deps.storage.exists(VANISHING_BUCKET, key)
  expect(await Promise.all([old, fresh, waiting].map(id => there(slipKey(id))))).toEqual([false, true, true])
  expect(await slipRow(old)).toMatchObject({ reference: 'OLD0000001', bank: '014' })
  expect((await slipRow(old)).pictureGoneAt).not.toBeNull()
  expect([await there(slipKey(refused)), (await slipRow(refused)).pictureGoneAt]).toEqual([false, expect.any(Date)])
  expect((await inbox.ask('GET', `/slip/${old}/picture`)).statusCode).toBe(404)
  expect(await there(stray)).toBe(true)
  await forgetSlips({ ...t.deps, now: () => new Date(at + 2 * 60 * MINUTE) })
  expect(await Promise.all([stray, upload, slipKey(waiting)].map(there))).toEqual([false, false, true])
})
