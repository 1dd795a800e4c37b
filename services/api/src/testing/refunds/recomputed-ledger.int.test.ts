import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Statement } from '@pix/contracts/earnings.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerBalances, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orderShares } from '@pix/db/schema/order-shares.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { splitDeductions, splitRules } from '@pix/db/schema/split-rules.ts'
import { createSealer } from '@pix/db/seals/seal-rows.ts'
import { eq, sql, sum } from 'drizzle-orm'
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

const bySum = async (t: Shop) => {
  const rows = await t.db
    .select({ kind: ledgerAccounts.kind, owner: ledgerAccounts.ownerId, total: sum(ledgerEntries.amount) })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .groupBy(ledgerAccounts.id)
  return new Map(rows.map(({ kind, owner, total }) => [owner === null ? kind : `${kind} ${owner}`, Number(total)]))
}

/** Two photos sold with VAT and a fee; then the rule and the organizer change, and one photo is given back. */
async function soldAndRefunded(t: Shop) {
  await t.db.insert(splitDeductions).values({ studioId: HOUSE_STUDIO, vatBp: 700, feeBp: 165 })
  const { id: userId } = await t.user('organizer')
  const [organizer] = await t.db.select().from(organizers).where(eq(organizers.userId, userId))
  const made = await t.withQr(2, { organizer: organizer!.id })
  const shares = { platformBp: 10_000, photographerBp: 0, organizerBp: 0, startsAt: new Date(Date.now() - 1_000) }
  await t.db
    .insert(splitRules)
    .values({ id: t.deps.newId(), studioId: HOUSE_STUDIO, eventId: made.event.id, version: 1, ...shares })
  await t.db.update(events).set({ organizerId: null }).where(eq(events.id, made.event.id))
  const [payment] = await t.db.select().from(payments).where(eq(payments.id, made.payment.id))
  await bank.pay(payment!.transId!)
  await expect.poll(() => t.status(made.visitor, made.order.id)).toBe('fulfilled')
  const asked = await t.post(made.visitor, `/api/orders/${made.order.id}/refunds`, {
    photoIds: [made.photoIds[0]!],
    reason: 'quality',
    payee: PROMPTPAY,
  })
  const inbox = await inboxOf(t)
  const refund = `/refund/${asked.json<{ id: string }>().id}`
  await inbox.ask('POST', `${refund}/decide`, { decision: 'approved', reason: 'true' })
  await inbox.ask('POST', `${refund}/transferred`, { reference: 'KB-1' })
  return { ...made, organizerId: organizer!.id }
}

test('net is split as the order froze it, whatever rule and organizer become; books with a refund are recomputed whole', async () => {
  await using t = await bank.openShop()
  const { organizerId, photographer } = await soldAndRefunded(t)
  const sums = await bySum(t)
  // Of 60 baht 3.93 are VAT and 0.99 are the gateway's fee; the other 55.08 are split 30/50/20. The other photo went
  // back whole.
  expect(sums.get('vat_payable')).toBeOneOf([-392, -393])
  expect(sums.get('gateway_fees')).toBe(-99)
  expect(sums.get(`photographer_payable ${photographer.id}`)).toBeOneOf([-2_754, -2_755])
  expect(sums.get(`organizer_payable ${organizerId}`)).toBeOneOf([-1_101, -1_102])

  const whole = { faults: 0, first: null, postings: 3 }
  expect(await verifyLedger(t.db)).toMatchObject({ ...whole, balances: 0, seals: { unsealed: 3, faults: 0 } })
  const seal = createSealer({ db: t.db, now: () => new Date(), patienceMs: 60_000 }, 'ledger')
  expect((await seal()).made).toMatchObject({ kind: 'ledger', number: 1, positions: [1, 2, 3] })
  const sealed = await verifyLedger(t.db)
  expect(sealed).toMatchObject({ ...whole, seals: { seals: 1, rows: 3, unsealed: 0 } })
  expect(sealed.balances).toBe(await t.db.$count(ledgerBalances))
  expect(await checkLedger(t.db)).toMatchObject({ unbalanced: 0, wrong: 0, drifted: 0 })
})

test('an order that froze no shares keeps those that its sale found, so that its books are recomputed whole', async () => {
  await using t = await bank.openShop()
  const made = await t.withQr(2)
  const frozen = () => t.db.select().from(orderShares).where(eq(orderShares.orderId, made.order.id))
  const before = await frozen()
  await t.owner().execute(sql`delete from order_shares where order_id = ${made.order.id}`)
  const [payment] = await t.db.select().from(payments).where(eq(payments.id, made.payment.id))
  await bank.pay(payment!.transId!)
  await expect.poll(() => t.status(made.visitor, made.order.id)).toBe('fulfilled')
  expect(await frozen()).toEqual(before)
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null, postings: 1 })
})

/** SQL: moves satang of one line from the platform to VAT. */
const moved = (by: number) => sql`
  update ledger_entries e set amount = e.amount + ${by} * case a.kind when 'vat_payable' then 1 else -1 end
  from ledger_accounts a
  where a.id = e.account_id and a.kind in ('vat_payable', 'platform_revenue') and e.line_id = (
    select id from order_lines order by id desc limit 1)`

test('books of orders without shares are whole only where a migration wrote them down, and while they share out what was paid', async () => {
  await using t = await bank.openShop()
  await soldAndRefunded(t)
  const owner = t.owner()
  await owner.execute(sql`alter table ledger_entries disable trigger user`)
  await owner.execute(sql`delete from order_shares`)
  // The sale and the refund of its line: no migration wrote them down.
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 2, first: { what: 'not_recomputed' } })
  await owner.execute(moved(5))
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 2, first: { what: 'not_recomputed' } })
  await owner.execute(moved(-5))
  await owner.execute(sql`insert into ledger_early_postings select id from ledger_postings where order_id is not null`)
  expect(await verifyLedger(t.db)).toMatchObject({ faults: 0, first: null, postings: 3 })
  const changed = sql`update ledger_entries set amount = amount - 1 where line_id is null and memo is not null`
  await owner.execute(sql`${changed} or account_id = (select id from ledger_accounts where kind = 'vat_payable')`)
  expect((await verifyLedger(t.db)).faults).toBeGreaterThan(0)
})

test('a share, price, refund, entry or kept balance changed by hand is found, also where all still adds up to zero', async () => {
  await using t = await bank.openShop()
  await soldAndRefunded(t)
  await createSealer({ db: t.db, now: () => new Date(), patienceMs: 60_000 }, 'ledger')()
  const owner = t.owner()
  await owner.execute(sql`alter table ledger_entries disable trigger user`)
  await owner.execute(sql`alter table orders disable trigger user`)
  await owner.execute(sql`alter table order_lines disable trigger user`)
  const setBack = sql`where account_id = (select id from ledger_accounts where kind = 'vat_payable')`
  const tampered = [
    ['not_recomputed', sql`update order_shares set platform_bp = platform_bp + 1, organizer_bp = organizer_bp - 1`, 2],
    ['not_recomputed', moved(5), 2],
    ['balance', sql`update ledger_balances set amount = amount + 1 ${setBack}`, 1],
  ] as const
  const back = [
    sql`update order_shares set platform_bp = platform_bp - 1, organizer_bp = organizer_bp + 1`,
    moved(-5),
    sql`update ledger_balances set amount = amount - 1 ${setBack}`,
  ]
  for (const [at, [what, statement, least]] of tampered.entries()) {
    await owner.execute(statement)
    const verdict = await verifyLedger(t.db)
    expect([at, verdict.faults >= least, verdict.first?.what ?? what]).toEqual([at, true, what])
    await owner.execute(back[at]!)
    expect(await verifyLedger(t.db)).toMatchObject({ faults: 0 })
  }
  await owner.execute(sql`update ledger_balances set amount = amount + 1 ${setBack}`)
  expect(await checkLedger(t.db)).toMatchObject({ unbalanced: 0, wrong: 0, drifted: 1 })
})

test('wherever the ledger is divided for reading, the verdict is the same, whatever was changed, moved or taken away', async () => {
  await using t = await bank.openShop()
  await soldAndRefunded(t)
  await createSealer({ db: t.db, now: () => new Date(), patienceMs: 60_000 }, 'ledger')()
  const owner = t.owner()
  await owner.execute(sql`alter table ledger_entries disable trigger user`)
  const tampered = [
    moved(5),
    sql`update ledger_postings set position = 7 where position = 3`,
    sql`update ledger_postings set position = -3 where position = 7`,
    sql`delete from ledger_entries where posting_id = (select id from ledger_postings where position = 2)`,
    sql`delete from ledger_postings where position = 2`,
  ]
  for (const [at, statement] of tampered.entries()) {
    await owner.execute(statement)
    const verdict = await verifyLedger(t.db)
    expect([at, verdict.faults > at]).toEqual([at, true])
    expect(await t.db.$count(ledgerPostings)).toBe(verdict.postings)
    for (const size of [1, 2, 3]) expect(await verifyLedger(t.db, { size })).toEqual(verdict)
  }
})

test('a photographer’s statement has a line for each photo on pages of any size, and a stranger’s script proves each by its seal', async () => {
  await using t = await bank.openShop()
  const { photographer, photoIds } = await soldAndRefunded(t)
  const month = `from=${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}&to=2099-01-01`
  const read = async (path: string) => (await t.app.inject({ url: path, headers: photographer.headers })).json()
  const url = `/api/earnings/photographer/statement?${month}`
  const before = (await read(url)) as Statement
  expect(before.lines.map(line => line.proof)).toEqual([null, null, null])
  await createSealer({ db: t.db, now: () => new Date(), patienceMs: 60_000 }, 'ledger')()
  const statement = (await read(url)) as Statement
  expect(statement.lines.map(({ kind, photo, price }) => [kind, photo?.id, price?.amount])).toEqual([
    ['sale', expect.toBeOneOf(photoIds), 6_000],
    ['sale', expect.toBeOneOf(photoIds), 6_000],
    ['refund', photoIds[0], -6_000],
  ])
  expect(statement.lines.every(line => line.rateBp === 5_000)).toBe(true)
  const sum = statement.lines.reduce((total, line) => total + line.amount.amount, 0)
  expect([statement.opening.amount, statement.closing.amount]).toEqual([0, sum])
  expect(await read(`/api/earnings/photographer?${month}`)).toMatchObject({
    balance: { amount: sum },
    earned: { amount: sum },
    photosSold: 2,
  })

  const pages: Statement[] = []
  for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)!.nextCursor)
    pages.push(await read(`${url}&limit=1${cursor && `&cursor=${cursor}`}`))
  expect(pages.map(page => page.lines)).toEqual(statement.lines.map(line => [line]))
  expect(pages.every(page => page.lineCount === 3 && page.closing.amount === sum)).toBe(true)
  expect(pages.map(page => page.seals)).toEqual([statement.seals, statement.seals, statement.seals])
  const newest = (await read(`${url}&limit=2&order=newest`)) as Statement
  expect(newest.lines).toEqual(statement.lines.slice(1).toReversed())
  const last = (await read(`${url}&limit=2&order=newest&cursor=${newest.nextCursor}`)) as Statement
  expect([last.lines, last.nextCursor]).toEqual([statement.lines.slice(0, 1), null])
  expect(await read(`${url}&cursor=abc`)).toMatchObject({ code: 'invalid_request' })

  const folder = await mkdtemp(join(tmpdir(), 'statement-'))
  const script = fileURLToPath(new URL('../../../../../docs/guides/check-statement.mjs', import.meta.url))
  const check = async (statement: Statement) => {
    await writeFile(join(folder, 'statement.json'), JSON.stringify(statement))
    return promisify(execFile)(process.execPath, [script, join(folder, 'statement.json'), t.url]).then(
      ({ stdout }) => stdout,
      (error: { stderr: string }) => error.stderr,
    )
  }
  expect(await check(statement)).toContain('3 lines stand in 1 seals, 0 are not sealed yet, 0 faults')
  const changed = (change: (copy: Statement) => void) => {
    const copy = structuredClone(statement)
    change(copy)
    return check(copy)
  }
  expect(await changed(copy => (copy.lines[0]!.amount.amount += 1))).toContain('line 1: the entry has another amount')
  expect(await changed(copy => (copy.lines[1]!.proof!.posting += ' '))).toContain(
    'line 2: the posting is not in its seal',
  )
  expect(await changed(copy => (copy.seals[0]!.sealedAt = '2026-01-01T00:00:00.000Z'))).toContain('seal 1: its root')
  await rm(folder, { recursive: true })
})
