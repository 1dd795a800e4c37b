import type { Settlement } from '@pix/contracts/settlements.ts'
import { constraintOf } from '@pix/db/broken-constraint.ts'
import { verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { receipts } from '@pix/db/schema/payments.ts'
import { differences, gatewaySettlements } from '@pix/db/schema/reconciliation.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordSettlement } from '../../money/ledger/index.ts'
import { addSale } from '../../money/payouts/testing.ts'
import { compareLedger } from '../../money/reconciliation/compare-ledger.ts'
import { endOthers, newFindings } from '../../money/reconciliation/found-differences.ts'
import type { TestApp } from '../test-app.ts'
import { openPayoutDesk } from '../payouts/payout-desk.ts'

let desk: Awaited<ReturnType<typeof openPayoutDesk>>
let t: TestApp
beforeAll(async () => {
  desk = await openPayoutDesk()
  t = desk.t
  // 240 baht on the first two days, and money of the next day.
  await sell(3, '2026-10-01T05:00:00Z')
  await sell(1, '2026-10-02T16:59:59Z')
  await sell(1, '2026-10-02T17:00:00Z')
})
afterAll(() => t[Symbol.asyncDispose]())

const sell = async (photos: number, at: string) => {
  const { id } = await t.user('photographer')
  await addSale(t, { eventId: desk.eventId, photographerId: id, photos, at: new Date(at), feeBp: 165 })
}
const amount = (satang: number) => ({ amount: satang, currency: 'THB' })
const days = { gateway: 'paynoi', firstDay: '2026-10-01', lastDay: '2026-10-02' }
const record = (body: object) =>
  desk.ask('POST', '/admin/settlements', {
    ...days,
    reference: t.deps.newId(),
    total: amount(24_000),
    fee: amount(0),
    ...body,
  })
const listed = async () =>
  (await desk.ask('GET', '/admin/settlements')).json<{ items: Settlement[]; gateways: string[]; feeBalance: object }>()
const open = () =>
  t.db
    .select()
    .from(differences)
    .where(and(isNull(differences.endedAt), eq(differences.kind, 'settlement_other_total')))
async function compare(day: string): Promise<void> {
  const [ctx, findings] = [asSystem(t.deps), newFindings()]
  await compareLedger(ctx, findings, day)
  await endOthers(ctx, findings, [day])
}

test('a statement is recorded once, its fee is posted against what sales gave for it, and both stand side by side', async () => {
  const query = new URLSearchParams(days)
  const reckoned = { receipts: 2, received: amount(24_000), feeReckoned: amount(396) }
  expect((await desk.ask('GET', `/admin/settlements/expected?${query}`)).json()).toEqual(reckoned)
  const [clearing, reference] = [await desk.owed('gateway_clearing'), 'ST-1']
  const asked = { reference, fee: amount(430) }
  const made = await record(asked)
  expect([made.statusCode, made.json()]).toMatchObject([
    201,
    { ...days, ...reckoned, reference, total: amount(24_000), fee: amount(430), paidOut: amount(23_570) },
  ])
  expect((await desk.owed('gateway_clearing')) - clearing).toBe(430)
  // 495 satang were reckoned of all sales.
  expect(await desk.owed('gateway_fees')).toBe(495 - 430)
  expect((await record(asked)).json().code).toBe('days_settled')
  const later = { firstDay: '2026-10-03', lastDay: '2026-10-03' }
  expect((await record({ ...asked, ...later })).json().code).toBe('settlement_known')
  expect((await record({ firstDay: '2026-10-02', lastDay: '2026-10-09' })).json().code).toBe('days_settled')
  expect(await listed()).toMatchObject({ items: [{ reference }], feeBalance: amount(65), gateways: ['paynoi'] })
  const subject = `settlement:${made.json<Settlement>().id}`
  const lines = await t.db.select().from(auditEvents).where(eq(auditEvents.subject, subject))
  expect(lines).toMatchObject([{ action: 'settlement.record', after: { reference, fee: 430 } }])
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0 })
})

const fieldOf = async (body: object) => (await record(body)).json().errors?.[0]?.path as string

test('what cannot be so is refused at its field', async () => {
  const next = { firstDay: '2026-10-05', lastDay: '2026-10-05' }
  expect(await fieldOf({ ...next, gateway: 'transfer' })).toBe('body.gateway')
  expect(await fieldOf({ ...next, firstDay: '2026-10-06' })).toBe('body.lastDay')
  expect(await fieldOf({ ...next, lastDay: '2999-01-01' })).toBe('body.lastDay')
  expect(await fieldOf({ ...next, fee: amount(24_001) })).toBe('body.fee')
})

test('two who record the same days at once record one statement', async () => {
  const body = { firstDay: '2026-10-10', lastDay: '2026-10-11', fee: amount(5) }
  const answers = await Promise.all(Array.from({ length: 6 }, () => record(body)))
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409, 409, 409, 409, 409])
})

test('a statement with another total than our receipts is a difference, until the receipts are there', async () => {
  const day = { firstDay: '2026-10-20', lastDay: '2026-10-20' }
  expect((await record({ ...day, reference: 'ST-20', total: amount(6_000) })).statusCode).toBe(201)
  await compare('2026-10-20')
  const facts = { gatewayAmount: 6_000, ourAmount: 0, reference: 'ST-20' }
  expect(await open()).toMatchObject([{ subject: 'paynoi:ST-20', day: '2026-10-20', facts }])
  await sell(1, '2026-10-20T03:00:00Z')
  await compare('2026-10-20')
  expect(await open()).toEqual([])
})

test('the database keeps statements posted, apart in their days, and unchanged', async () => {
  const row = { gateway: 'paynoi', reference: 'DB', firstDay: '2026-09-01', lastDay: '2026-09-02' }
  const insert = (more: object, fee?: number) =>
    t.db
      .transaction(async tx => {
        const id = t.deps.newId()
        const said = { total: 100, fee: 2, recordedAt: new Date(), ...more }
        await tx.insert(gatewaySettlements).values({ id, ...row, ...said })
        if (fee) await recordSettlement(t.deps, tx, { id, fee, reference: '-' })
      })
      .then(
        () => 'done',
        (error: unknown) => constraintOf(error) ?? (error as { constraint?: string }).constraint,
      )
  expect(await insert({})).toBe('gateway_settlements_posted')
  expect(await insert({}, 3)).toBe('gateway_settlements_posted')
  expect(await insert({ fee: 0 }, 3)).toBe('ledger_postings_has_row')
  expect(await insert({ fee: 101 })).toBe('gateway_settlements_amounts')
  expect(await insert({ lastDay: '2026-08-01' })).toBe('gateway_settlements_days')
  expect(await insert({}, 2)).toBe('done')
  expect(await insert({ reference: 'DB2', firstDay: '2026-09-02' }, 2)).toBe('gateway_settlements_days_apart')
  for (const change of [t.db.update(gatewaySettlements).set({ fee: 5 }), t.db.delete(gatewaySettlements)])
    await expect(change).rejects.toMatchObject({ cause: { code: '42501' } })
})

test('what a receipt was announced short of is not reckoned as received', async () => {
  await sell(1, '2026-11-05T05:00:00Z')
  const ofDay = eq(receipts.receivedAt, new Date('2026-11-05T05:00:00Z'))
  expect(await t.db.update(receipts).set({ short: 25 }).where(ofDay).returning()).toHaveLength(1)
  const query = new URLSearchParams({ gateway: 'paynoi', firstDay: '2026-11-05', lastDay: '2026-11-05' })
  const expected = (await desk.ask('GET', `/admin/settlements/expected?${query}`)).json<Settlement>()
  expect(expected).toMatchObject({ receipts: 1, received: amount(5_975) })
})
