import type { DocumentOfStudio } from '@pix/contracts/documents.ts'
import type { PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { users } from '@pix/db/schema/auth.ts'
import { ledgerAccounts } from '@pix/db/schema/ledger.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutLines } from '@pix/db/schema/payouts.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordPayout, recordPayoutReturn } from '../../money/ledger/index.ts'
import { owedBySales } from '../../money/payouts/owed-by-sales.ts'
import { addAccount, addSale } from '../../money/payouts/testing.ts'
import { PASSWORD } from '../authz/objects.ts'
import { insertKey, newKey } from '../service-keys.ts'
import type { TestApp } from '../test-app.ts'
import { lineOf, LONG_AGO, openPayoutDesk, today } from './payout-desk.ts'

let desk: Awaited<ReturnType<typeof openPayoutDesk>>
let t: TestApp
beforeAll(async () => {
  desk = await openPayoutDesk()
  t = desk.t
})
afterAll(() => t[Symbol.asyncDispose]())

type Earner = Awaited<ReturnType<typeof desk.earner>>

const accountOf = async (ownerId: string) => {
  const [row] = await t.db.select().from(payeeAccounts).where(eq(payeeAccounts.ownerId, ownerId))
  return row!
}

/** A batch of these whose file is at the bank. */
async function exported(...payees: Earner[]): Promise<PayoutBatchWithLines> {
  const made = await desk.drafted(...payees)
  await desk.approve(made.batch.id)
  await desk.ask('POST', `/admin/payouts/${made.batch.id}/file`)
  return made
}

const deleteAccount = ({ headers }: Earner) =>
  desk.ask('POST', '/me/deletion', { password: PASSWORD, locale: 'en' }, headers)

test('who deletes their account while a transfer is under way is recorded as paid with a certificate, and erased then', async () => {
  const { pay, ask, earner } = desk
  const [paid, bounced, idle] = [await earner(40), await earner(40), await earner(1)]
  const made = await exported(paid, bounced)
  for (const one of [paid, bounced, idle]) expect((await deleteAccount(one)).statusCode).toBe(204)
  expect(await accountOf(idle.id)).toMatchObject({ details: null, end: 'erased' })
  for (const one of [paid, bounced]) {
    const { details, end } = await accountOf(one.id)
    expect([details === null, end]).toEqual([false, 'erased'])
  }
  const answer = await pay(made.batch.id, [lineOf(made, paid).id])
  expect(answer.statusCode).toBe(200)
  expect(lineOf(answer.json<PayoutBatchWithLines>(), paid)).toMatchObject({
    state: 'paid',
    account: null,
    certificate: { void: false },
  })
  const line = lineOf(made, bounced).id
  expect((await ask('POST', `/admin/payout-lines/${line}/bounced`, { reason: 'closed' })).statusCode).toBe(200)
  for (const one of [paid, bounced])
    expect(await accountOf(one.id)).toMatchObject({ details: null, lastDigits: '0000' })
})

test('a day before the bank’s file was taken is no day of a transfer', async () => {
  const payee = await desk.earner(10)
  const made = await exported(payee)
  const refused = await desk.pay(made.batch.id, [lineOf(made, payee).id], '2026-01-01')
  expect([refused.statusCode, refused.json().errors?.[0].path]).toEqual([422, 'body.paidOn'])
  expect((await desk.pay(made.batch.id, [lineOf(made, payee).id], today())).statusCode).toBe(200)
})

test('certificates of withheld tax are read by owners, not by managers or keys, and marked void once their transfer came back', async () => {
  const payee = await desk.earner(40)
  const made = await exported(payee)
  const line = lineOf(made, payee).id
  const paid = (await desk.pay(made.batch.id, [line])).json<PayoutBatchWithLines>()
  const { id, number } = lineOf(paid, payee).certificate!
  const [owner, manager, key] = [
    await t.member(HOUSE_STUDIO, 'owner'),
    await t.member(HOUSE_STUDIO, 'manager'),
    newKey(),
  ]
  await insertKey(t, { studioId: HOUSE_STUDIO, createdBy: owner.id, key })
  const seen = async (headers: Record<string, string>) => {
    const url = `/admin/documents?studio=${HOUSE_STUDIO}&number=${number}`
    const listed = (await desk.ask('GET', url, undefined, headers)).json<{ items?: DocumentOfStudio[] }>().items
    const link = await desk.ask('GET', `/admin/documents/${id}/link`, undefined, headers)
    return [listed?.map(one => [one.number, one.void]), link.statusCode]
  }
  expect(await seen(owner.headers)).toEqual([[[number, false]], 200])
  expect(await seen(desk.admin.headers)).toEqual([[[number, false]], 200])
  expect(await seen(manager.headers)).toEqual([[], 404])
  expect(await seen({ authorization: `Bearer ${key}` })).toEqual([undefined, 401])

  const bounced = await desk.ask('POST', `/admin/payout-lines/${line}/bounced`, { reason: 'closed' })
  expect(lineOf(bounced.json<PayoutBatchWithLines>(), payee).certificate).toEqual({ id, number, void: true })
  expect(await seen(owner.headers)).toEqual([[[number, true]], 200])
})

test('an approval adds up the accounts of its own payees alone', async () => {
  const [one, other] = [await desk.earner(4), await desk.earner(4)]
  const [account] = await t.db.select().from(ledgerAccounts).where(eq(ledgerAccounts.ownerId, one.id))
  const owed = await owedBySales(t.db, HOUSE_STUDIO, new Date(), [account!.id])
  expect(owed).toMatchObject([{ ownerId: one.id, balance: 12_000, free: 12_000 }])
  const all = await owedBySales(t.db, HOUSE_STUDIO, new Date())
  expect(all.map(({ ownerId }) => ownerId)).toEqual(expect.arrayContaining([one.id, other.id]))
})

test('tax that another studio withholds is owed to that studio, which remits it, to the satang and back', async () => {
  const { ask, approve, pay, owed } = desk
  const [studio, user] = [await t.studio(), await t.user('photographer')]
  const taxId = seal(t.deps.settings.COLUMN_KEYS, studioSellers.taxId, studio.id, '0107537000521')
  const seller = { name: '-', address: '-', taxId, branch: '00000', changedAt: new Date() }
  await t.db.insert(studioSellers).values({ studioId: studio.id, ...seller })
  const eventId = (await t.event({ studioId: studio.id })).id
  await addSale(t, { eventId, photographerId: user.id, photos: 41, at: LONG_AGO })
  for (const payee of [
    { party: 'photographer', ownerId: user.id },
    { party: 'studio', ownerId: studio.id },
  ] as const)
    await addAccount(t, payee)
  const draft = async () => (await ask('POST', '/admin/payouts', { studioId: studio.id })).json<PayoutBatchWithLines>()
  const settle = async ({ batch, lines }: PayoutBatchWithLines) => {
    expect((await approve(batch.id)).statusCode).toBe(200)
    await ask('POST', `/admin/payouts/${batch.id}/file`)
    const ids = lines.map(({ id }) => id)
    expect((await pay(batch.id, ids)).statusCode).toBe(200)
  }
  const tax = await owed('withholding_tax_payable')
  const made = await draft()
  expect(made.lines).toMatchObject([{ withheld: { amount: 3_690 }, net: { amount: 119_310 } }])
  await settle(made)
  expect(await owed('studio_payable', studio.id)).toBe(3_690)
  expect(await owed('withholding_tax_payable')).toBe(tax)
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null })

  await addSale(t, { eventId, photographerId: user.id, photos: 240, at: LONG_AGO })
  await settle(await draft())
  const next = await draft()
  expect(next.lines).toMatchObject([{ party: 'studio', gross: { amount: 25_290 }, withheld: { amount: 0 } }])
  await settle(next)
  expect(await owed('studio_payable', studio.id)).toBe(0)
  await ask('POST', `/admin/payout-lines/${made.lines[0]!.id}/bounced`, { reason: 'closed' })
  expect(await owed('studio_payable', studio.id)).toBe(-3_690)
  expect(await owed('photographer_payable', user.id)).toBe(123_000)
  expect(await owed('payouts_clearing')).toBe(0)
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null })
})

test('a line has one number in every file, on pages and in letters, and its file is taken a second time only on purpose', async () => {
  const { ask, admin, approve, pay, drafted, earner } = desk
  const [much, little] = [await earner(20), await earner(10)]
  const made = await drafted(little, much)
  await approve(made.batch.id)
  const file = (query = '') => ask('POST', `/admin/payouts/${made.batch.id}/file${query}`)
  const rows = async (query?: string) => {
    const { csv } = (await file(query)).json<{ csv: string }>()
    return csv.trim().split('\n').slice(1)
  }
  const first = await rows()
  expect(first.map(row => row.split(',').at(-1))).toEqual(made.lines.map(line => line.number))
  expect(lineOf(made, much).number).toBe(`${made.batch.number}/${made.lines.indexOf(lineOf(made, much)) + 1}`)
  const paid = (await pay(made.batch.id, [made.lines[0]!.id])).json<PayoutBatchWithLines>()
  expect((await file()).json().code).toBe('illegal_state')
  expect(await rows('?again=yes')).toEqual(first.slice(1))
  expect(paid.lines.map(line => line.number)).toEqual(made.lines.map(line => line.number))
  const [user] = await t.db.select().from(users).where(eq(users.id, admin.id))
  expect(paid.batch.exportedBy).toBe(user!.name)
})

// Last: what it posts stays.
test('a posting that the state of its payout does not have is named', async () => {
  const paid = await desk.earner(4)
  const made = await exported(paid)
  await desk.pay(made.batch.id, [lineOf(made, paid).id])
  const waiting = await desk.earner(4)
  const draft = await desk.drafted(waiting)
  await desk.ask('DELETE', `/admin/payouts/${draft.batch.id}`)
  const rowOf = async (id: string) => (await t.db.select().from(payoutLines).where(eq(payoutLines.id, id)))[0]!
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null })
  const discarded = await rowOf(lineOf(draft, waiting).id)
  await t.db.transaction(tx => recordPayout(t.deps, tx, discarded))
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 1, first: { what: 'not_recomputed' } })
  const settled = await rowOf(lineOf(made, paid).id)
  await t.db.transaction(tx => recordPayoutReturn(t.deps, tx, settled, true))
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 2 })
})
