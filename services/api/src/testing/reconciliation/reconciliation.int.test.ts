import { differences, reconciliations } from '@pix/db/schema/reconciliation.ts'
import { gatewayEvents, payments, receipts } from '@pix/db/schema/payments.ts'
import { ledgerChecks } from '@pix/db/schema/ledger.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import type { Difference, Reconciliation } from '@pix/contracts/reconciliation.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inboxOf } from '../../care/inbox/testing.ts'
import { type Bank, type Shop, startBank } from '../../money/payments/bank-testing.ts'
import { claimDaily, reconcile } from '../../money/reconciliation/reconcile.ts'
import { endOthers, newFindings, noteDifference } from '../../money/reconciliation/found-differences.ts'
import { dayToCompare, reconcileDaily } from '../../money/reconciliation/start-reconciling.ts'

let bank: Bank
let t: Shop
let admin: { id: string; headers: Record<string, string> }
let inbox: Awaited<ReturnType<typeof inboxOf>>
beforeAll(async () => {
  bank = await startBank()
  t = await bank.openShop()
  admin = await t.user('admin')
  inbox = await inboxOf(t, admin)
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  await bank.stop()
})

const today = () => bangkokDay(t.deps.now())
async function compare(): Promise<void> {
  const row = { id: t.deps.newId(), day: today() }
  await t.db.insert(reconciliations).values({ ...row, startedAt: t.deps.now(), askedBy: admin.id })
  await reconcile(asSystem(t.deps), row)
}
const open = () => t.db.select().from(differences).where(isNull(differences.endedAt))
const kinds = async () => (await open()).map(({ kind }) => kind).toSorted()

/** An order that was paid through the bank. */
async function paid() {
  const bought = await t.withQr(1)
  const [row] = await t.db.select().from(payments).where(eq(payments.id, bought.payment.id))
  await bank.pay(row!.transId!)
  await expect.poll(() => t.status(bought.visitor, bought.order.id)).toBe('fulfilled')
  const [receipt] = await t.db.select().from(receipts).where(eq(receipts.transId, row!.transId!))
  return { payment: row!, receipt: receipt!, order: bought.order as { number: string } }
}
const asOwner = (work: string) => t.owner().execute(sql.raw(work))

test('where everything agrees nothing is opened, and the run says what it compared', async () => {
  await paid()
  await compare()
  expect(await kinds()).toEqual([])
  const answer = await t.app.inject({ url: '/api/admin/reconciliations', headers: admin.headers })
  const [run] = answer.json<{ items: Reconciliation[] }>().items
  expect(run).toMatchObject({ day: today(), charges: 1, unanswered: 0, receipts: 1, postings: 1, found: 0 })
  expect(run!.finishedAt).not.toBeNull()
  expect(await t.db.$count(outgoingMail, eq(outgoingMail.template, 'books_disagree'))).toBe(0)
})

test('each kind of disagreement is found once, reported to admins once, shown in the inbox, and ends when it is over', async () => {
  const [lost, forged, other] = [await paid(), await paid(), await paid()]
  // The gateway has money of which we have no receipt.
  await asOwner(`delete from receipts where id = '${lost.receipt.id}'`)
  // We have a receipt of a charge that the gateway never completed.
  const unpaid = (await t.withQr(1)).payment
  const [open1] = await t.db.select().from(payments).where(eq(payments.id, unpaid.id))
  const at = t.deps.now()
  await t.db
    .update(payments)
    .set({ state: 'completed', completedAt: at, nextCheckAt: null })
    .where(eq(payments.id, unpaid.id))
  const falseReceipt = t.deps.newId()
  const charge = { paymentId: unpaid.id, gateway: 'paynoi', transId: open1!.transId!, amount: 6_000 }
  await t.db.insert(receipts).values({ id: falseReceipt, ...charge, receivedAt: at, reason: 'second_payment' })
  // The gateway announced another amount than was taken in.
  const announced = Buffer.from(`{"trans_id":"${other.payment.transId}","amount":61.00,"payment_status":"completed"}`)
  const event = { gateway: 'paynoi', transId: other.payment.transId!, status: 'settled', payload: announced }
  await t.db.insert(gatewayEvents).values({ id: t.deps.newId(), ...event, receivedAt: at, handledAt: at })
  // A receipt's amount is not its posting's; a posting has no receipt (the first one's); a receipt has no posting (the false one).
  await asOwner(`update receipts set amount = 6100 where id = '${forged.receipt.id}'`)
  // The books do not add up.
  const wrong = { postings: 9, unbalanced: 1, wrong: 0, held: 0, heldAmount: 0 }
  await t.db
    .insert(ledgerChecks)
    .values({ id: t.deps.newId(), checkedAt: new Date(at.getTime() + 1_000), tookMs: 1, ...wrong })

  await compare()
  expect(await kinds()).toEqual([
    'books',
    'charge_without_receipt',
    'other_amount',
    'other_amount',
    'posting_other_amount',
    'posting_without_receipt',
    'receipt_without_charge',
    'receipt_without_posting',
  ])
  const letters = () => t.db.$count(outgoingMail, eq(outgoingMail.template, 'books_disagree'))
  const first = await letters()
  expect(first).toBeGreaterThan(0)
  await compare()
  expect((await open()).length).toBe(8)
  expect(await letters()).toBe(first)

  const lines = (await inbox.read({ kind: 'difference', limit: '50' })).items
  expect(lines).toHaveLength(8)
  const listed = await t.app.inject({ url: '/api/admin/differences?limit=100', headers: admin.headers })
  expect(listed.json<{ items: Difference[] }>().items).toHaveLength(8)

  // One is ended by hand and stays so while nothing changes; the others end by themselves.
  const byHand = lines.find(line => line.kind === 'difference' && line.about.difference === 'receipt_without_charge')!
  const ended = await inbox.ask('POST', `/difference/${byHand.id}/end`, {
    reason: 'the bank has confirmed it by telephone',
  })
  expect(ended.statusCode).toBe(204)
  expect((await inbox.ask('POST', `/difference/${byHand.id}/end`, { reason: 'again' })).json().code).toBe('line_closed')
  const { id, paymentId, gateway, transId, amount, receivedAt } = lost.receipt
  await t.db.insert(receipts).values({ id, paymentId, gateway, transId, amount, receivedAt, appliedAt: receivedAt })
  await asOwner(`update receipts set amount = 6000 where id = '${forged.receipt.id}'`)
  await t.db.delete(ledgerChecks).where(eq(ledgerChecks.balanced, false))
  await compare()
  expect(await kinds()).toEqual(['other_amount', 'receipt_without_posting'])
  const over = await t.db.select().from(differences).where(eq(differences.ended, 'agrees'))
  expect(over.map(({ kind }) => kind)).toContain('charge_without_receipt')
})

test('money that a gateway has and that is only late is taken in by the comparison, and is no difference', async () => {
  const bought = await t.withQr(1)
  const [row] = await t.db.select().from(payments).where(eq(payments.id, bought.payment.id))
  await bank.faultsOf(row!.transId!, { never: true })
  await bank.pay(row!.transId!)
  await compare()
  expect(await t.status(bought.visitor, bought.order.id)).toBe('fulfilled')
  const ofIt = and(isNull(differences.endedAt), eq(differences.subject, `paynoi:${row!.transId}`))
  expect(await t.db.$count(differences, ofIt)).toBe(0)

  // What is announced beyond it is kept apart, and the two are the amount that was announced.
  await t.announce({ trans_id: row!.transId, amount: '160.00', payment_status: 'completed' })
  await expect.poll(() => t.db.$count(receipts, eq(receipts.reason, 'surplus'))).toBe(1)
  await compare()
  expect(await t.db.$count(differences, ofIt)).toBe(0)
})

test.each([
  ['59.99', 0],
  ['10.00', 1],
])(
  'of 60.00 credited, %s announced later: the books have it, and a person is asked %i times',
  async (amount, asked) => {
    const bought = await t.withQr(1)
    const [row] = await t.db.select().from(payments).where(eq(payments.id, bought.payment.id))
    await bank.faultsOf(row!.transId!, { never: true })
    await bank.pay(row!.transId!)
    await compare()
    await t.announce({ trans_id: row!.transId, amount, payment_status: 'completed' })
    const short = and(eq(receipts.transId, row!.transId!), isNotNull(receipts.short))
    await expect.poll(() => t.db.$count(receipts, short)).toBe(1)
    await compare()
    const ofIt = and(isNull(differences.endedAt), eq(differences.subject, `paynoi:${row!.transId}`))
    const found = await t.db.select().from(differences).where(ofIt)
    expect(found.map(({ facts }) => facts)).toMatchObject(
      Array.from({ length: asked }, () => ({ gatewayAmount: Number(amount) * 100, ourAmount: 6_000 })),
    )
  },
)

test('a gateway that does not answer ends no difference and opens none; the run says how many stayed unknown', async () => {
  const before = await kinds()
  const [row] = await t.db.select().from(payments).where(eq(payments.state, 'completed'))
  await bank.faultsOf(row!.transId!, { fail: 'both' })
  await compare()
  await bank.faultsOf(row!.transId!, { fail: 'none' })
  expect(await kinds()).toEqual(before)
  const runs = await t.db.select().from(reconciliations)
  expect(runs.some(({ unanswered }) => unanswered > 0)).toBe(true)
})

test('the daily comparison is claimed by one process; after one was killed another takes it', async () => {
  const ctx = asSystem(t.deps)
  const claims = await Promise.all([1, 2, 3].map(() => claimDaily(ctx, '2026-01-02')))
  expect(claims.filter(claim => claim !== null)).toHaveLength(1)
  expect(await claimDaily(ctx, '2026-01-02')).toBeNull()
  const later = { ...ctx, now: () => new Date(t.deps.now().getTime() + 2 * 3_600_000) }
  expect(await claimDaily(later, '2026-01-02')).not.toBeNull()
  expect(dayToCompare(new Date('2026-11-26T17:30:00Z'))).toBe('2026-11-25')
  expect(dayToCompare(new Date('2026-11-26T18:30:00Z'))).toBe('2026-11-26')
})

test('a comparison is begun by hand, one at a time', async () => {
  await t.db.update(reconciliations).set({ finishedAt: t.deps.now() }).where(isNull(reconciliations.finishedAt))
  const ask = () =>
    t.app.inject({
      method: 'POST',
      url: '/api/admin/reconciliations',
      headers: admin.headers,
      payload: { day: today() },
    })
  const answer = await ask()
  expect([answer.statusCode, answer.json().finishedAt]).toEqual([202, null])
  const { id } = answer.json<Reconciliation>()
  const finished = () => t.db.select().from(reconciliations).where(eq(reconciliations.id, id))
  await expect.poll(async () => (await finished())[0]?.finishedAt ?? null, { timeout: 20_000 }).not.toBeNull()
  await t.db.update(reconciliations).set({ finishedAt: null }).where(eq(reconciliations.id, id))
  expect((await ask()).json().code).toBe('reconciliation_runs')
})

test('each gateway is asked once about a charge, however many days are looked at, and the run says that it is alive', async () => {
  await t.withQr(1)
  const [id, at] = [t.deps.newId(), t.deps.now()]
  for (const day of ['2026-05-01', '2026-05-02', today()]) {
    const what = { kind: 'charge_without_receipt' as const, subject: `nobody:${day}`, facts: {} }
    await t.db.insert(differences).values({ id: t.deps.newId(), ...what, day, openedAt: at, seenAt: at })
  }
  const asked: string[] = []
  const paynoi = t.deps.gateways.get('paynoi')!
  const check = (transId: string) => {
    asked.push(transId)
    return paynoi.check(transId)
  }
  const gateways = new Map([['paynoi', { ...paynoi, check }]])
  const begun = new Date(at.getTime() - 2 * 3_600_000)
  await t.db.insert(reconciliations).values({ id, day: today(), startedAt: begun, askedBy: admin.id })
  await reconcile(asSystem({ ...t.deps, gateways }), { id, day: today() })
  expect(asked.length).toBeGreaterThan(1)
  expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted())
  const [run] = await t.db.select().from(reconciliations).where(eq(reconciliations.id, id))
  expect(run!.startedAt.getTime()).toBeGreaterThan(begun.getTime())
})

test('differences that a killed comparison opened are reported by the next one, once', async () => {
  const lost = await paid()
  await asOwner(`delete from receipts where id = '${lost.receipt.id}'`)
  const subject = `paynoi:${lost.payment.transId}`
  const found = { kind: 'charge_without_receipt' as const, subject, day: today(), facts: {} }
  const others = {
    kind: 'posting_without_receipt' as const,
    subject: `posting:${lost.receipt.id}`,
    day: today(),
    facts: {},
  }
  const postings = await t.db.execute<{ id: string }>(
    sql.raw(`select id from ledger_postings where source_id = '${lost.receipt.id}'`),
  )
  await noteDifference(asSystem(t.deps), newFindings(), found)
  for (const posting of postings.rows)
    await noteDifference(asSystem(t.deps), newFindings(), { ...others, subject: `posting:${posting.id}` })
  const letters = () => t.db.$count(outgoingMail, eq(outgoingMail.template, 'books_disagree'))
  const before = await letters()
  await compare()
  const after = await letters()
  expect(after).toBeGreaterThan(before)
  await compare()
  expect(await letters()).toBe(after)
})

test('a kind of which more was found than is read ends no difference', async () => {
  const at = t.deps.now()
  const id = t.deps.newId()
  const what = { kind: 'posting_other_amount' as const, subject: `receipt:${id}`, facts: {}, day: '2026-04-01' }
  await t.db.insert(differences).values({ id, ...what, openedAt: at, seenAt: at })
  const ended = async () => (await t.db.select().from(differences).where(eq(differences.id, id)))[0]!.ended
  const findings = newFindings()
  findings.cut.add('posting_other_amount')
  await endOthers(asSystem(t.deps), findings, ['2026-04-01'])
  expect(await ended()).toBeNull()
  await endOthers(asSystem(t.deps), newFindings(), ['2026-04-01'])
  expect(await ended()).toBe('agrees')
})

test('days that were missed, and one whose comparison was killed, are compared with the next daily one', async () => {
  const at = new Date('2026-03-02T20:00:00Z')
  await t.db.insert(reconciliations).values([
    { id: t.deps.newId(), day: '2026-03-01', startedAt: at, finishedAt: at },
    { id: t.deps.newId(), day: '2026-03-02', startedAt: at },
  ])
  await reconcileDaily({ ...t.deps, now: () => new Date('2026-03-05T12:00:00Z') })
  const ofMarch = and(isNull(reconciliations.askedBy), sql`${reconciliations.day} >= '2026-03-01'`)
  const made = await t.db.select().from(reconciliations).where(ofMarch)
  expect(
    made
      .filter(({ finishedAt }) => finishedAt !== null)
      .map(({ day }) => day)
      .toSorted(),
  ).toEqual(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'])
})
