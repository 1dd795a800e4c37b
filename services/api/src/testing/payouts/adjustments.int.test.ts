import type { Adjustment } from '@pix/contracts/adjustments.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { ledgerAdjustments } from '@pix/db/schema/payouts.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { ledgerPostings } from '@pix/db/schema/ledger.ts'
import { constraintOf } from '@pix/db/broken-constraint.ts'
import { createSealer } from '@pix/db/seals/seal-rows.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordAdjustment } from '../../money/ledger/index.ts'
import { addSale } from '../../money/payouts/testing.ts'
import { PASSWORD } from '../authz/objects.ts'
import type { TestApp } from '../test-app.ts'
import { lineOf, LONG_AGO, openPayoutDesk, today } from './payout-desk.ts'

let desk: Awaited<ReturnType<typeof openPayoutDesk>>
let t: TestApp
beforeAll(async () => {
  desk = await openPayoutDesk()
  t = desk.t
})
afterAll(() => t[Symbol.asyncDispose]())

const platform = { kind: 'platform_revenue', ownerId: null }
const photographer = ({ id }: { id: string }) => ({ kind: 'photographer_payable', ownerId: id })
const correct = (body: object, headers?: Record<string, string>) =>
  desk.ask(
    'POST',
    '/admin/adjustments',
    { studioId: HOUSE_STUDIO, reason: 'sold under another name', password: PASSWORD, ...body },
    headers,
  )
const amount = (satang: number) => ({ amount: satang, currency: 'THB' })
const number = () => t.deps.newId()
/** The constraint by which the database refused: a deferred one at commit. */
const refusedBy = (error: unknown) => constraintOf(error) ?? (error as { constraint?: string }).constraint

test('a correction gives a payee what it says, once for its reference, is sealed, and the next batch pays it', async () => {
  const earner = await desk.earner(10)
  const before = await desk.owed('platform_revenue')
  const [reference, body] = [number(), { from: platform, to: photographer(earner), amount: amount(5_000) }]
  expect((await correct({ ...body, reference, password: 'another one' })).json().code).toBe('wrong_password')
  const made = await correct({ ...body, reference })
  expect([made.statusCode, made.json<Adjustment>()]).toMatchObject([
    201,
    { reference, reason: 'sold under another name', from: platform, to: photographer(earner), by: expect.any(String) },
  ])
  expect((await correct({ ...body, reference })).json().code).toBe('adjustment_made')
  expect(await desk.owed('photographer_payable', earner.id)).toBe(35_000)
  expect((await desk.owed('platform_revenue')) - before).toBe(-5_000)

  expect(await desk.payableOf(earner.id)).toMatchObject({ balance: amount(35_000), gross: amount(35_000) })
  expect(await desk.lastLine(earner)).toMatchObject({
    kind: 'correction',
    amount: amount(5_000),
    correction: { reference, reason: 'sold under another name' },
    orderNumber: null,
  })
  expect(lineOf(await desk.drafted(earner), earner).gross).toEqual(amount(35_000))

  await createSealer({ db: t.db, now: () => new Date(), patienceMs: 60_000 }, 'ledger')()
  const sealed = await desk.lastLine(earner)
  expect(JSON.parse(sealed!.proof!.entry)).toMatchObject({ memo: reference, amount: -5_000 })
  const subject = `adjustment:${made.json<Adjustment>().id}`
  const lines = await t.db.select().from(auditEvents).where(eq(auditEvents.subject, subject))
  expect(lines).toMatchObject([
    { action: 'adjustment.post', studioId: HOUSE_STUDIO, after: { reference, amount: 5_000 } },
  ])
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0 })
})

test('two who post one reference at once post one correction', async () => {
  const earner = await desk.earner(1)
  const body = { from: platform, to: photographer(earner), amount: amount(700), reference: number() }
  const answers = await Promise.all(Array.from({ length: 6 }, () => correct(body)))
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
  expect(await desk.owed('photographer_payable', earner.id)).toBe(3_700)
})

test('what a correction takes may leave a payee below 0: the next sales pay it', async () => {
  const earner = await desk.earner(1)
  await correct({ from: photographer(earner), to: platform, amount: amount(4_000), reference: number() })
  expect(await desk.payableOf(earner.id)).toMatchObject({ balance: amount(-1_000), reason: 'negative' })
  await addSale(t, { eventId: desk.eventId, photographerId: earner.id, photos: 10, at: LONG_AGO })
  expect(await desk.payableOf(earner.id)).toMatchObject({ gross: amount(29_000), reason: null })
})

test('who owes another studio what is free here is not paid out; the list says so, and not that it is held', async () => {
  const earner = await desk.earner(10)
  const studio = await t.studio()
  const { id: eventId } = await t.event({ studioId: studio.id })
  await addSale(t, { eventId, photographerId: earner.id, photos: 1, at: LONG_AGO })
  expect(await desk.payableOf(earner.id)).toMatchObject({ reason: null })
  const debt = { studioId: studio.id, from: photographer(earner), to: platform, amount: amount(25_000) }
  expect((await correct({ ...debt, reference: number() })).statusCode).toBe(201)
  expect(await desk.payableOf(earner.id)).toMatchObject({ reason: 'owes_elsewhere', balance: amount(30_000) })
  const young = await desk.earner(10, { at: new Date() })
  expect(await desk.payableOf(young.id)).toMatchObject({ reason: 'holding', balance: amount(30_000) })
})

test('a correction names accounts of its studio alone; owners read it, and only the platform posts', async () => {
  const [earner, stranger] = [await desk.earner(1), await t.user('photographer')]
  const studio = await t.studio()
  const owner = await t.member(studio.id, 'owner')
  const base = { from: platform, to: photographer(earner), amount: amount(100) }
  const refused = async (body: object, headers?: Record<string, string>) =>
    (await correct({ ...base, reference: number(), ...body }, headers)).json().code as string
  expect(await refused({ to: photographer(stranger) })).toBe('not_found')
  expect(await refused({ studioId: studio.id })).toBe('not_found')
  expect(await refused({ to: { kind: 'studio_payable', ownerId: HOUSE_STUDIO } })).toBe('not_found')
  expect(await refused({ to: platform })).toBe('invalid_request')
  expect(await refused({ to: { kind: 'vat_payable', ownerId: null } })).toBe('invalid_request')
  expect(await refused({ amount: amount(0) })).toBe('invalid_request')
  expect(await refused({ studioId: studio.id }, owner.headers)).toBe('forbidden')

  const own = { kind: 'studio_payable', ownerId: studio.id }
  const given = await correct({ ...base, studioId: studio.id, to: own, reference: 'L-1' })
  expect(given.json()).toMatchObject({ to: own })
  const listed = await desk.ask('GET', `/admin/adjustments?studio=${studio.id}`, undefined, owner.headers)
  expect(listed.json()).toMatchObject({ items: [{ reference: 'L-1', to: own }], nextCursor: null })
  const accounts = await desk.ask('GET', `/admin/adjustments/accounts?studio=${studio.id}`, undefined, owner.headers)
  expect(accounts.json().items[0]).toMatchObject({ ...own, balance: amount(100) })
  // Another studio may have the same reference; and its owner sees none of this.
  expect((await correct({ ...base, reference: 'L-1' })).statusCode).toBe(201)
  const other = await t.member((await t.studio()).id, 'owner')
  const path = `/admin/adjustments?studio=${studio.id}`
  expect((await desk.ask('GET', path, undefined, other.headers)).statusCode).toBe(404)
  const query = `studio=${studio.id}&from=${today()}&to=2099-01-01`
  const ledger = await desk.ask('GET', `/revenue/ledger?${query}`, undefined, owner.headers)
  expect(ledger.json().items).toMatchObject([{ kind: 'adjustment' }, { kind: 'adjustment' }])
})

test('the database keeps corrections posted, balanced, of accounts that may be corrected, and unchanged', async () => {
  const [id, earner] = [number(), await desk.earner(1)]
  const sides = { fromKind: 'platform_revenue', toKind: 'photographer_payable', toOwner: earner.id } as const
  const row = { studioId: HOUSE_STUDIO, reference: id, reason: '-', amount: 100, createdAt: new Date(), ...sides }
  const insert = (more: object, post?: Parameters<typeof recordAdjustment>[2]) =>
    t.db
      .transaction(async tx => {
        await tx.insert(ledgerAdjustments).values({ id, ...row, ...more })
        if (post) await recordAdjustment(t.deps, tx, post)
      })
      .then(() => 'done', refusedBy)
  const posted = {
    id,
    from: { kind: 'platform_revenue', ownerId: null },
    to: { kind: 'photographer_payable', ownerId: earner.id },
    amount: 100,
    reference: id,
  } as const
  expect(await insert({})).toBe('ledger_adjustments_posted')
  expect(await insert({ amount: 101 }, posted)).toBe('ledger_adjustments_posted')
  expect(await insert({ fromKind: 'vat_payable' }, posted)).toBe('ledger_adjustments_from')
  expect(await insert({ toOwner: null }, posted)).toBe('ledger_adjustments_to')
  expect(await insert({ toKind: 'platform_revenue', toOwner: null }, posted)).toBe('ledger_adjustments_moves')
  expect(await insert({ amount: 0 }, posted)).toBe('ledger_adjustments_amount')
  expect(await insert({ reason: '' }, posted)).toBe('ledger_adjustments_words')
  const alone = t.db.transaction(tx => recordAdjustment(t.deps, tx, { ...posted, id: number() }))
  expect(await alone.catch(refusedBy)).toBe('ledger_postings_has_row')
  expect(await insert({}, posted)).toBe('done')
  for (const change of [
    t.db.update(ledgerAdjustments).set({ amount: 5 }),
    t.db.delete(ledgerAdjustments),
    t.db.update(ledgerPostings).set({ kind: 'sale' }),
  ])
    await expect(change).rejects.toMatchObject({ cause: { code: '42501' } })
})

test('ledger:verify names a correction that was changed, and one whose posting is gone', async () => {
  const earner = await desk.earner(1)
  const body = { from: platform, to: photographer(earner), amount: amount(300) }
  const post = async () => (await correct({ ...body, reference: number() })).json<Adjustment>().id
  const [changed, gone] = [await post(), await post()]
  const owner = t.owner()
  const before = (await verifyLedger(t.db)).faults
  await owner.update(ledgerAdjustments).set({ amount: 200 }).where(eq(ledgerAdjustments.id, changed))
  expect(await verifyLedger(t.db)).toMatchObject({ faults: before + 1, first: { what: 'not_recomputed' } })
  await owner.update(ledgerAdjustments).set({ amount: 300 }).where(eq(ledgerAdjustments.id, changed))
  await owner.update(ledgerPostings).set({ sourceId: number() }).where(eq(ledgerPostings.sourceId, gone))
  expect(await verifyLedger(t.db)).toMatchObject({ faults: before + 2 })
})
