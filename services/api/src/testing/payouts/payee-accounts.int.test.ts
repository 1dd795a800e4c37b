import type { Statement } from '@pix/contracts/earnings.ts'
import type { StatementFile } from '@pix/contracts/statement-files.ts'
import type { PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inboxOf } from '../../care/inbox/testing.ts'
import { forgetOldRows } from '../../care/privacy/forget-old-rows.ts'
import { erasePayeeAccounts } from '../../money/payouts/index.ts'
import { sendStatementLetters } from '../../money/revenue/statement-letters.ts'
import { statementKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { ACCOUNT, addAccount, addSale } from '../../money/payouts/testing.ts'
import { PASSWORD, PASSWORD_HASH } from '../authz/objects.ts'
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
const end = ({ id }: Earner, endedAt = new Date()) =>
  t.db.update(payeeAccounts).set({ endedAt, end: 'replaced' }).where(eq(payeeAccounts.ownerId, id))

async function exported(...payees: Earner[]): Promise<PayoutBatchWithLines> {
  const made = await desk.drafted(...payees)
  await desk.approve(made.batch.id)
  await desk.ask('POST', `/admin/payouts/${made.batch.id}/file`)
  return made
}
const bounce = (lineId: string) => desk.ask('POST', `/admin/payout-lines/${lineId}/bounced`, { reason: 'closed' })

test('a deletion at the same moment as a transfer is settled leaves no account unerased', async () => {
  const [paid, returned] = [await desk.earner(40), await desk.earner(40)]
  const made = await exported(paid, returned)
  await end(returned)
  const settle = {
    [paid.id]: () => desk.pay(made.batch.id, [lineOf(made, paid).id]),
    [returned.id]: () => bounce(lineOf(made, returned).id),
  }
  for (const one of [paid, returned]) {
    let settled: ReturnType<typeof bounce> | undefined
    await t.db.transaction(async tx => {
      // The deletion has looked for transfers under way, and has not committed.
      await erasePayeeAccounts(tx, [one.id], new Date())
      settled = settle[one.id]!()
      void settled.catch(() => undefined)
      const waiting = sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query ilike '%payee_accounts%'`
      await expect.poll(async () => (await t.db.execute(waiting)).rows.length).toBeGreaterThan(0)
    })
    expect((await settled!).statusCode).toBe(200)
    expect(await accountOf(one.id)).toMatchObject({ details: null, lastDigits: '0000', end: 'erased' })
  }
})

test('an account that ended is erased after its days, not while a transfer to it is under way', async () => {
  const [replaced, underWay, current] = [await desk.earner(1), await desk.earner(40), await desk.earner(1)]
  await exported(underWay)
  const longAgo = new Date(Date.now() - (KEPT.payeeAccountDays + 1) * 86_400_000)
  for (const one of [replaced, underWay]) await end(one, longAgo)
  await forgetOldRows(t.system)
  expect(await accountOf(replaced.id)).toMatchObject({ details: null, lastDigits: '0000', end: 'replaced' })
  for (const one of [underWay, current]) expect((await accountOf(one.id)).details).not.toBeNull()
})

test('the inbox asks for a returned payout no more once its payee has another account, or is owed nothing', async () => {
  const [already, spent, waits] = [await desk.earner(40), await desk.earner(40), await desk.earner(40)]
  const made = await exported(already, spent, waits)
  // Another account was entered before the transfer came back.
  await end(already)
  await addAccount(t, { party: 'photographer', ownerId: already.id })
  const idOf = (one: Earner) => lineOf(made, one).id
  for (const one of [already, spent, waits]) expect((await bounce(idOf(one))).statusCode).toBe(200)
  const inbox = await inboxOf(t, desk.admin)
  const open = async () => (await inbox.read({ kind: 'payout', limit: '100' })).items.map(({ id }) => id)
  expect(await open()).toEqual(expect.arrayContaining([idOf(spent), idOf(waits)]))
  expect(await open()).not.toContain(idOf(already))
  expect((await desk.refund(spent, 40)).statusCode).toBeLessThan(300)
  expect(await open()).not.toContain(idOf(spent))
  expect(await open()).toContain(idOf(waits))
  expect((await inbox.leave({ kind: 'payout', id: idOf(waits) }, 'paid in cash')).statusCode).toBe(204)
  expect(await open()).not.toContain(idOf(waits))
})

test('a studio’s owners read withheld tax by its name, and get a letter when a payout is paid, comes back, or the account changes', async () => {
  const { ask, approve, pay } = desk
  const [studio, photographer] = [await t.studio(), await t.user('photographer')]
  const [owner, other, manager] = [
    await t.member(studio.id, 'owner', { passwordHash: PASSWORD_HASH }),
    await t.member(studio.id, 'owner'),
    await t.member(studio.id, 'manager'),
  ]
  const taxId = seal(t.deps.settings.COLUMN_KEYS, studioSellers.taxId, studio.id, '0107537000521')
  const seller = { name: '-', address: '-', taxId, branch: '00000', changedAt: new Date() }
  await t.db.insert(studioSellers).values({ studioId: studio.id, ...seller })
  const eventId = (await t.event({ studioId: studio.id })).id
  await addSale(t, { eventId, photographerId: photographer.id, photos: 300, at: LONG_AGO })
  await addAccount(t, { party: 'photographer', ownerId: photographer.id })
  await addAccount(t, { party: 'studio', ownerId: studio.id })
  const settled = async () => {
    const { batch, lines } = (await ask('POST', '/admin/payouts', { studioId: studio.id })).json<PayoutBatchWithLines>()
    await approve(batch.id)
    await ask('POST', `/admin/payouts/${batch.id}/file`)
    expect((await pay(batch.id, [lines[0]!.id])).statusCode).toBe(200)
    return lines[0]!
  }
  const first = await settled()
  const second = await settled()
  expect([first.party, second.party]).toEqual(['photographer', 'studio'])
  for (const { id } of [first, second]) expect((await bounce(id)).statusCode).toBe(200)
  const body = { ...ACCOUNT, form: 'juristic', taxId: '0107537000521', locale: 'th', password: PASSWORD }
  expect((await ask('PUT', `/me/payees/studio/${studio.id}`, body, owner.headers)).statusCode).toBe(200)

  for (const template of ['payout_sent', 'payout_bounced', 'payee_changed'] as const) {
    const letters = await t.db.select().from(outgoingMail).where(eq(outgoingMail.template, template))
    const written = letters.filter(({ recipient }) => [owner, other, manager].some(({ email }) => email === recipient))
    expect(written.map(({ recipient }) => recipient).toSorted()).toEqual([owner.email, other.email].toSorted())
    const about = written.map(({ facts, path }) => [(facts as { number?: string }).number, path])
    const isOfLine = template !== 'payee_changed'
    expect(about).toEqual(
      written.map(() => (isOfLine ? [second.number, '/admin/payouts'] : [undefined, '/forgot-password'])),
    )
  }

  const query = `from=${today()}&to=2099-01-01&studio=${studio.id}`
  const read = (who: { headers: Record<string, string> }) =>
    ask('GET', `/earnings/studio/statement?${query}`, undefined, who.headers)
  const { lines } = (await read(owner)).json<Statement>()
  const withheld = first.withheld.amount
  expect(lines.map(({ kind, amount, payout }) => [kind, amount.amount, payout?.number])).toEqual([
    ['withholding', withheld, first.number],
    ['payout', -withheld, second.number],
    ['withholding', -withheld, first.number],
    ['payout_return', withheld, second.number],
  ])
  for (const stranger of [manager, photographer]) expect((await read(stranger)).statusCode).toBe(404)
})

test('a statement as PDF is asked for, followed and taken by its reader alone; a reader who has not taken it gets one letter', async () => {
  const [earner, other] = [await desk.earner(3), await desk.earner(1)]
  const range = { from: today(), to: '2099-01-01' }
  const url = (part = '', of: object = range) =>
    `/earnings/photographer/statement-file${part}?${new URLSearchParams({ ...of })}`
  const ask = (who: Earner) =>
    desk.ask('POST', '/earnings/photographer/statement-file', { ...range, locale: 'en' }, who.headers)
  const read = async (who: Earner) =>
    (await desk.ask('GET', url(), undefined, who.headers)).json<{ file: StatementFile | null }>().file
  expect(await read(earner)).toBeNull()
  expect((await ask(earner)).statusCode).toBe(202)
  expect(await read(earner)).toMatchObject({ state: 'queued', linesDrawn: 0, readyAt: null })
  expect(await read(other)).toBeNull()
  expect((await desk.ask('GET', url('/link'), undefined, earner.headers)).statusCode).toBe(404)

  const isTheirs = eq(statementFiles.userId, earner.id)
  const [row] = await t.db.select().from(statementFiles).where(isTheirs)
  await t.deps.storage.put(MAIN_BUCKET, statementKey(row!.id), Buffer.from('%PDF-'), { contentType: 'application/pdf' })
  const ready = { state: 'ready' as const, bytes: 5, readyAt: new Date(Date.now() - 120_000) }
  await t.db.update(statementFiles).set(ready).where(isTheirs)
  const letters = async () =>
    (await t.db.select().from(outgoingMail).where(eq(outgoingMail.template, 'statement_ready'))).filter(
      ({ recipient }) => recipient === earner.email,
    )
  for (let sweep = 0; sweep < 2; sweep += 1) await sendStatementLetters(t.system)
  expect(await letters()).toMatchObject([{ path: `/photographer/earnings?month=${today().slice(0, 7)}`, locale: 'en' }])
  const { url: link } = (await desk.ask('GET', url('/link'), undefined, earner.headers)).json<{ url: string }>()
  expect(link).toContain(statementKey(row!.id))

  // Drawn again and taken at once: no letter.
  expect((await ask(earner)).json()).toMatchObject({ state: 'queued', bytes: null })
  await t.db
    .update(statementFiles)
    .set({ ...ready, takenAt: new Date() })
    .where(isTheirs)
  await sendStatementLetters(t.system)
  expect(await letters()).toHaveLength(1)

  await desk.ask('POST', '/me/deletion', { password: PASSWORD, locale: 'en' }, earner.headers)
  expect(await t.db.select().from(statementFiles).where(isTheirs)).toEqual([])
  expect(await t.deps.storage.exists(MAIN_BUCKET, statementKey(row!.id))).toBe(false)
})
