import type { PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { documents } from '@pix/db/schema/documents.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutLines } from '@pix/db/schema/payouts.ts'
import { createSealer } from '@pix/db/seals/seal-rows.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inboxOf } from '../../care/inbox/testing.ts'
import { collectPayouts } from '../../care/privacy/collect-payouts.ts'
import { recordPayout } from '../../money/ledger/index.ts'
import { ACCOUNT, addSale } from '../../money/payouts/testing.ts'
import { PASSWORD, PASSWORD_HASH } from '../authz/objects.ts'
import type { TestApp } from '../test-app.ts'
import { lineOf, LONG_AGO, openPayoutDesk, today } from './payout-desk.ts'

type Desk = Awaited<ReturnType<typeof openPayoutDesk>>
let desk: Desk
let t: TestApp
beforeAll(async () => {
  desk = await openPayoutDesk()
  t = desk.t
})
afterAll(() => t[Symbol.asyncDispose]())

/** The constraint that refused a statement. */
const constraint = (statement: Promise<unknown>) =>
  statement.then(
    () => 'done',
    (error: Error) => (error.cause as { constraint?: string }).constraint,
  )

test('an account is entered with the password, its number stays sealed, a letter reports it, and it waits before it is paid to', async () => {
  const { ask, payableOf, eventId } = desk
  const user = await t.user('photographer', { passwordHash: PASSWORD_HASH })
  const change = (body: object) => ask('PUT', `/me/payees/photographer/${user.id}`, body, user.headers)
  const body = { ...ACCOUNT, locale: 'en', password: PASSWORD }
  expect((await change({ ...body, password: 'another one' })).json().code).toBe('wrong_password')
  expect((await change({ ...body, taxId: '1101700230706' })).json().errors[0].path).toBe('body.taxId')
  expect((await change({ ...body, form: 'juristic' })).json().errors[0].path).toBe('body.taxId')
  const other = await t.user('photographer')
  expect((await ask('PUT', `/me/payees/photographer/${other.id}`, body, user.headers)).statusCode).toBe(404)

  const changed = await change(body)
  expect(changed.json()).toMatchObject({ bounced: false, account: { bank: '004', lastDigits: '6789' } })
  expect(changed.body).not.toContain(ACCOUNT.account)
  expect(Date.parse(changed.json().account.usableFrom)).toBeGreaterThan(Date.now() + 71 * 3_600_000)
  await change({ ...body, account: '9876543210' })
  const rows = await t.db.select().from(payeeAccounts).where(eq(payeeAccounts.ownerId, user.id))
  expect(rows.map(({ lastDigits, end }) => [lastDigits, end]).sort()).toEqual([
    ['3210', null],
    ['6789', 'replaced'],
  ])
  const letters = await t.db.select().from(outgoingMail).where(eq(outgoingMail.recipient, user.email))
  expect(letters.map(({ template }) => template)).toEqual(['payee_changed', 'payee_changed'])
  const lines = await t.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subject, `photographer:${user.id}`))
  expect(lines.map(({ action }) => action)).toEqual(['payee.change', 'payee.change'])
  expect(JSON.stringify(lines)).not.toMatch(/0123456789|9876543210|1101700230708/)

  await addSale(t, { eventId, photographerId: user.id, photos: 10, at: LONG_AGO })
  expect(await payableOf(user.id)).toMatchObject({ reason: 'account_waits', gross: { amount: 0 } })
})

test('what is held, too little or without an account is not paid out, and the list says why', async () => {
  const { payableOf, earner, refund, eventId } = desk
  const [young, little, none] = [
    await earner(10, { at: new Date() }),
    await earner(3),
    await earner(10, { account: false }),
  ]
  expect(await payableOf(young.id)).toMatchObject({
    reason: 'holding',
    balance: { amount: 30_000 },
    held: { amount: 30_000 },
  })
  expect(await payableOf(little.id)).toMatchObject({ reason: 'minimum', balance: { amount: 9_000 } })
  expect(await payableOf(none.id)).toMatchObject({ reason: 'no_account', balance: { amount: 30_000 } })
  // A refund of a held sale takes nothing from what is free.
  await addSale(t, { eventId, photographerId: young.id, photos: 10, at: LONG_AGO })
  await refund(young, 4)
  expect(await payableOf(young.id)).toMatchObject({
    reason: null,
    balance: { amount: 48_000 },
    held: { amount: 18_000 },
    gross: { amount: 30_000 },
  })
})

test('a batch goes from draft to paid: tax is withheld, the file is for the bank, books are recomputed, the payee gets a certificate', async () => {
  const { ask, draft, drafted, approve, pay, payableOf, earner, owed } = desk
  const [much, little] = [await earner(40), await earner(10)]
  const made = await drafted(much, little)
  expect((await draft()).json().code).toBe('nothing_to_pay_out')
  expect(await payableOf(much.id)).toMatchObject({ reason: 'in_batch' })
  expect(lineOf(made, much)).toMatchObject({
    gross: { amount: 120_000 },
    withheld: { amount: 3_600 },
    net: { amount: 116_400 },
  })
  expect(lineOf(made, little)).toMatchObject({ gross: { amount: 30_000 }, withheld: { amount: 0 } })
  const { id, number } = made.batch
  expect((await ask('POST', `/admin/payouts/${id}/file`)).json().code).toBe('illegal_state')
  expect((await approve(id, 'another one')).json().code).toBe('wrong_password')
  expect((await approve(id)).json().batch.state).toBe('approved')
  expect((await approve(id)).json().code).toBe('illegal_state')
  expect(await owed('photographer_payable', much.id)).toBe(0)

  const file = (await ask('POST', `/admin/payouts/${id}/file`)).json<{ fileName: string; csv: string }>()
  expect(file.fileName).toBe(`${number}.csv`)
  expect(file.csv).toContain('004,Kasikornbank,0123456789,สมชาย ใจดี,1164.00,')
  expect((await pay(id, [lineOf(made, much).id], '2999-01-01')).json().errors[0].path).toBe('body.paidOn')
  const tax = await owed('withholding_tax_payable')
  const paid = (
    await pay(
      id,
      made.lines.map(line => line.id),
    )
  ).json<PayoutBatchWithLines>()
  expect(paid.batch).toMatchObject({ state: 'exported', paid: made.lines.length, bounced: 0 })
  expect(await owed('payouts_clearing')).toBe(0)
  expect((await owed('withholding_tax_payable')) - tax).toBeGreaterThanOrEqual(3_600)
  expect((await pay(id, [lineOf(made, much).id])).json().code).toBe('illegal_state')

  const certificate = lineOf(paid, much).certificate!
  expect(certificate.number).toMatch(/^WT\d{6}-\d{5}$/)
  expect(lineOf(paid, little).certificate).toBeNull()
  const own = (await ask('GET', '/me/payouts/photographer', undefined, much.headers)).json()
  expect(own.items).toMatchObject([
    { number: lineOf(made, much).number, state: 'paid', certificate: { id: certificate.id } },
  ])
  const payout = { number: lineOf(made, much).number, withheld: { amount: 3_600 }, net: { amount: 116_400 } }
  expect(await desk.lastLine(much)).toMatchObject({ kind: 'payout', amount: { amount: -120_000 }, payout })
  const link = `/me/payouts/photographer/${own.items[0].id}/certificate`
  expect((await ask('GET', link, undefined, much.headers)).json()).toEqual({ url: null })
  expect((await ask('GET', link, undefined, little.headers)).statusCode).toBe(404)
  const period = today().slice(0, 7)
  const report = (form: string) =>
    ask('GET', `/studios/${HOUSE_STUDIO}/withholding?month=${period}&form=${form}`).then(answer => answer.json().items)
  expect(await report('person')).toMatchObject([{ number: certificate.number, taxId: ACCOUNT.taxId, rateBp: 300 }])
  expect(await report('juristic')).toEqual([])
  const letters = await t.db.select().from(outgoingMail).where(eq(outgoingMail.template, 'payout_sent'))
  expect(letters.find(({ recipient }) => recipient === much.email)!.facts).toMatchObject({
    number: lineOf(made, much).number,
    withheld: '฿36',
  })
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null })
})

test('a refund after a payout is carried forward to the satang: nothing is paid until sales have made up for it', async () => {
  const { ask, drafted, approve, pay, payableOf, earner, refund, owed, eventId } = desk
  const payee = await earner(10)
  const made = await drafted(payee)
  await approve(made.batch.id)
  await ask('POST', `/admin/payouts/${made.batch.id}/file`)
  await pay(made.batch.id, [lineOf(made, payee).id])
  await refund(payee, 3)
  expect(await payableOf(payee.id)).toMatchObject({ reason: 'negative', balance: { amount: -9_000 } })
  await addSale(t, { eventId, photographerId: payee.id, photos: 7, at: LONG_AGO })
  expect(await payableOf(payee.id)).toMatchObject({ reason: null, gross: { amount: 12_000 } })
  const next = await drafted(payee)
  expect(lineOf(next, payee)).toMatchObject({ gross: { amount: 12_000 }, net: { amount: 12_000 } })
  await approve(next.batch.id)
  expect(await owed('photographer_payable', payee.id)).toBe(0)
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null })
})

test('a transfer that comes back is owed again, its certificate is void, and the payee is asked for another account', async () => {
  const { ask, drafted, approve, pay, payableOf, earner, owed, admin } = desk
  const payee = await earner(40)
  const made = await drafted(payee)
  const line = lineOf(made, payee)
  await approve(made.batch.id)
  const bounce = () => ask('POST', `/admin/payout-lines/${line.id}/bounced`, { reason: 'account closed' })
  expect((await bounce()).json().code).toBe('illegal_state')
  await ask('POST', `/admin/payouts/${made.batch.id}/file`)
  await pay(made.batch.id, [line.id])
  expect(await owed('photographer_payable', payee.id)).toBe(0)
  const tax = await owed('withholding_tax_payable')

  expect((await bounce()).json().batch).toMatchObject({ bounced: 1 })
  expect((await bounce()).json().code).toBe('illegal_state')
  expect(await owed('photographer_payable', payee.id)).toBe(120_000)
  expect(await owed('withholding_tax_payable')).toBe(tax - 3_600)
  expect(await payableOf(payee.id)).toMatchObject({ reason: 'no_account' })
  const listed = (await ask('GET', '/me/payees/photographer', undefined, payee.headers)).json().items
  expect(listed).toMatchObject([{ account: null, bounced: true }])
  const own = (await ask('GET', '/me/payouts/photographer', undefined, payee.headers)).json().items
  expect(own).toMatchObject([{ state: 'bounced', bounceReason: 'account closed', certificate: null }])
  const voided = await t.db.select().from(documents).where(eq(documents.sourceId, line.id))
  const month = today().slice(0, 7)
  const report = (await ask('GET', `/studios/${HOUSE_STUDIO}/withholding?month=${month}&form=person`)).json().items
  expect(report.map((row: { number: string }) => row.number)).not.toContain(voided[0]!.number)

  const inbox = await inboxOf(t, admin)
  const waiting = async () => (await inbox.read({ kind: 'payout', limit: '100' })).items.map(({ id }) => id)
  expect(await waiting()).toContain(line.id)
  const body = { ...ACCOUNT, account: '1111111111', locale: 'th', password: PASSWORD }
  await ask('PUT', `/me/payees/photographer/${payee.id}`, body, payee.headers)
  expect(await waiting()).not.toContain(line.id)
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null })
})

test('a batch whose payee has another account, or less, than when it was drafted is not approved; discarded, it is drafted again', async () => {
  const { ask, drafted, approve, earner, refund } = desk
  const [moved, less] = [await earner(10), await earner(10)]
  const made = await drafted(moved, less)
  await refund(less, 1)
  expect((await approve(made.batch.id)).json().code).toBe('payout_changed')
  expect((await ask('DELETE', `/admin/payouts/${made.batch.id}`)).json().batch.state).toBe('discarded')
  const second = await drafted(moved, less)
  expect(lineOf(second, less).gross.amount).toBe(27_000)
  const body = { ...ACCOUNT, account: '2222222222', locale: 'th', password: PASSWORD }
  await ask('PUT', `/me/payees/photographer/${moved.id}`, body, moved.headers)
  expect((await approve(second.batch.id)).json().code).toBe('payout_changed')
  await ask('DELETE', `/admin/payouts/${second.batch.id}`)
  const third = await drafted(less)
  expect(third.lines.map(({ payeeId }) => payeeId)).not.toContain(moved.id)
  expect((await approve(third.batch.id)).statusCode).toBe(200)
})

test('of two batches that are drafted at once, each payee is in one', async () => {
  const { draft, approve, earner } = desk
  const payees = [await earner(10), await earner(10), await earner(10)]
  const answers = await Promise.all([draft(), draft(), draft()])
  const lines = answers.flatMap(answer => (answer.statusCode === 201 ? answer.json<PayoutBatchWithLines>().lines : []))
  for (const { id } of payees) expect(lines.filter(({ payeeId }) => payeeId === id)).toHaveLength(1)
  for (const answer of answers)
    if (answer.statusCode === 201) await approve(answer.json<PayoutBatchWithLines>().batch.id)
})

test('payouts that race refunds never pay out more than is owed, in either order', async () => {
  const { drafted, approve, earner, refund, owed } = desk
  const [payees, batches] = [[] as Awaited<ReturnType<Desk['earner']>>[], [] as PayoutBatchWithLines[]]
  // A password counts as wrong until it was checked: of six approvals at once one would be locked out.
  for (let made = 0; made < 5; made += 1) {
    payees.push(await earner(4))
    batches.push(await drafted(payees.at(-1)!))
  }
  const outcomes = await Promise.all(payees.flatMap((payee, at) => [approve(batches[at]!.batch.id), refund(payee, 4)]))
  expect(outcomes.filter(({ statusCode }) => ![200, 204, 409].includes(statusCode)).map(({ body }) => body)).toEqual([])
  for (const [at, payee] of payees.entries()) {
    const wasApproved = outcomes[2 * at]!.statusCode === 200
    // Refunded before: the batch is refused and nothing is owed. Refunded after: the payee owes what was paid out.
    expect(await owed('photographer_payable', payee.id)).toBe(wasApproved ? -12_000 : 0)
  }
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null })
})

test('the database refuses a payout that is not posted, is more than is owed, changes its amounts, goes back, or is deleted', async () => {
  const { drafted, earner, refund } = desk
  const payee = await earner(10)
  const line = lineOf(await drafted(payee), payee)
  const isIt = eq(payoutLines.id, line.id)
  const set = (values: Partial<typeof payoutLines.$inferInsert>) =>
    constraint(t.db.update(payoutLines).set(values).where(isIt))
  expect(await set({ state: 'approved' })).toBe('payout_lines_posted')
  expect(await set({ withholdingBp: 1 })).toBe('payout_lines_fixed')
  expect(await set({ state: 'paid', paidAt: new Date(), reference: '-' })).toBe('payout_lines_moves')
  expect(await constraint(t.db.delete(payoutLines).where(isIt))).toBe('payout_lines_kept')
  await refund(payee, 10)
  const over = t.db.transaction(async tx => {
    const [row] = await tx.update(payoutLines).set({ state: 'approved' }).where(isIt).returning()
    await recordPayout(t.deps, tx, row!)
  })
  expect(await constraint(over)).toBe('payout_within_balance')
})

test('sealed books with payouts are recomputed whole, and a payout that was changed by hand is named', async () => {
  await createSealer({ db: t.db, now: () => new Date(), patienceMs: 60_000 }, 'ledger')()
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null, seals: { unsealed: 0 } })
  const [line] = await t.db.select().from(payoutLines).where(eq(payoutLines.state, 'paid')).limit(1)
  const owner = t.owner()
  await owner.execute(sql`alter table payout_lines disable trigger user`)
  await owner.execute(
    sql`update payout_lines set gross = gross + 1, base = base + 1, net = net + 1 where id = ${line!.id}`,
  )
  expect(await verifyLedger(t.db)).toMatchObject({ first: { what: 'not_recomputed' } })
  await owner.execute(
    sql`update payout_lines set gross = gross - 1, base = base - 1, net = net - 1 where id = ${line!.id}`,
  )
  await owner.execute(sql`alter table payout_lines enable trigger user`)
})

test('who deletes their account has the bank account in the export before, and erased; a drafted batch with it is not approved', async () => {
  const { ask, earner, drafted, approve } = desk
  const payee = await earner(10)
  const made = await drafted(payee)
  expect((await collectPayouts(t.system, payee.id))['payee-accounts']).toMatchObject([{ account: ACCOUNT.account }])
  const gone = await ask('POST', '/me/deletion', { password: PASSWORD, locale: 'en' }, payee.headers)
  expect(gone.statusCode).toBe(204)
  const [account] = await t.db.select().from(payeeAccounts).where(eq(payeeAccounts.ownerId, payee.id))
  expect(account).toMatchObject({ details: null, lastDigits: '0000', end: 'erased' })
  expect((await approve(made.batch.id)).json().code).toBe('payout_changed')
})
