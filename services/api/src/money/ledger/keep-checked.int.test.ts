import { ledgerChecks, ledgerEntries } from '@pix/db/schema/ledger.ts'
import { watchStatements } from '@pix/db/testing.ts'
import { createLog } from '@pix/platform/log.ts'
import { asc, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { keepLedgerChecked } from './keep-checked.ts'
import { ledgerBalanced, ledgerCheckedAt } from './metrics.ts'
import { recordUnapplied } from './record-sale.ts'

const MINUTE = 60_000
const checksOf = (t: TestApp) => t.db.select().from(ledgerChecks).orderBy(asc(ledgerChecks.checkedAt))
const keepMoney = (t: TestApp, amount: number) =>
  t.db.transaction(tx => recordUnapplied(t.system, tx, null, { receiptId: t.deps.newId(), amount }))
const valueOf = async (gauge: typeof ledgerBalanced) => (await gauge.get()).values[0]?.value

test('the books are added up once, again after a posting, and after ten minutes in any case', async () => {
  await using t = await testApp()
  t.hold()
  await keepLedgerChecked(t.deps)
  await keepLedgerChecked(t.deps)
  expect(await checksOf(t)).toMatchObject([{ postings: 0, balanced: true }])

  t.forward(MINUTE)
  await keepLedgerChecked(t.deps)
  expect(await checksOf(t)).toHaveLength(1)
  await keepMoney(t, 6_000)
  await keepLedgerChecked(t.deps)
  expect((await checksOf(t)).at(-1)).toMatchObject({ postings: 1, held: 1, heldAmount: 6_000, balanced: true })
  expect(await checksOf(t)).toHaveLength(2)

  await keepMoney(t, 1_000)
  t.forward(5_000)
  await keepLedgerChecked(t.deps)
  expect(await checksOf(t)).toHaveLength(2)
  t.forward(10 * MINUTE)
  await keepLedgerChecked(t.deps)
  const lastAt = t.deps.now()
  t.forward(10 * MINUTE)
  await keepLedgerChecked(t.deps)
  expect((await checksOf(t)).at(-1)!.checkedAt).toEqual(new Date(lastAt.getTime() + 10 * MINUTE))
})

test('after a posting the next check waits twenty times as long as the last one took, ten seconds at least', async () => {
  await using t = await testApp()
  t.hold()
  await keepLedgerChecked(t.deps)
  const waits = async (tookMs: number) => {
    const before = (await checksOf(t)).at(-1)!
    await t.owner().update(ledgerChecks).set({ tookMs }).where(eq(ledgerChecks.id, before.id))
    await keepMoney(t, 1_000)
    for (let seconds = 1; ; seconds += 1) {
      t.forward(1_000)
      await keepLedgerChecked(t.deps)
      if ((await checksOf(t)).at(-1)!.id !== before.id) return seconds
    }
  }
  expect(await waits(100)).toBe(10)
  expect(await waits(1_500)).toBe(30)
})

test('a posting that commits just after a check is seen at the next pause, though it is older than the check', async () => {
  await using t = await testApp()
  t.hold()
  await t.db.transaction(async tx => {
    await recordUnapplied(t.system, tx, null, { receiptId: t.deps.newId(), amount: 6_000 })
    t.forward(1_000)
    await keepLedgerChecked(t.deps)
    expect(await checksOf(t)).toMatchObject([{ postings: 0 }])
  })
  t.forward(MINUTE)
  await keepLedgerChecked(t.deps)
  expect((await checksOf(t)).at(-1)).toMatchObject({ postings: 1 })
})

test('of a run of equal results the first and the last are kept, however long it lasts', async () => {
  await using t = await testApp()
  t.hold()
  const owner = t.owner()
  const setEntry = (amount: number) =>
    owner
      .update(ledgerEntries)
      .set({ amount })
      .where(sql`amount > 0`)
  const checkAgain = async (times: number) => {
    for (let i = 0; i < times; i += 1) {
      t.forward(10 * MINUTE)
      await keepLedgerChecked(t.deps)
    }
    return t.deps.now()
  }
  await keepMoney(t, 6_000)
  await owner.execute(sql`alter table ledger_entries disable trigger user`)
  const goodFirst = await checkAgain(1)
  const goodLast = await checkAgain(5)
  await setEntry(6_001)
  const badFirst = await checkAgain(1)
  const badLast = await checkAgain(5)
  await setEntry(6_000)
  const goodAgain = await checkAgain(1)
  expect((await checksOf(t)).map(({ balanced, checkedAt }) => ({ balanced, checkedAt }))).toEqual([
    { balanced: true, checkedAt: goodFirst },
    { balanced: true, checkedAt: goodLast },
    { balanced: false, checkedAt: badFirst },
    { balanced: false, checkedAt: badLast },
    { balanced: true, checkedAt: goodAgain },
  ])
})

test('a posting that somebody unbalanced by hand is found without a new posting, logged, measured and kept', async () => {
  const lines: string[] = []
  const log = createLog('api', { level: 'error', pretty: false }, { write: line => void lines.push(line) })
  await using t = await testApp({ log })
  t.hold()
  await keepMoney(t, 6_000)
  await keepLedgerChecked(t.deps)
  expect(await valueOf(ledgerBalanced)).toBe(1)

  const owner = t.owner()
  await owner.execute(sql`alter table ledger_entries disable trigger user`)
  await owner
    .update(ledgerEntries)
    .set({ amount: 6_001 })
    .where(sql`amount > 0`)
  t.forward(11 * MINUTE)
  await keepLedgerChecked(t.deps)
  expect((await checksOf(t)).at(-1)).toMatchObject({ unbalanced: 1, balanced: false })
  expect(await valueOf(ledgerBalanced)).toBe(0)
  expect(await valueOf(ledgerCheckedAt)).toBe(t.deps.now().getTime() / 1_000)
  expect(lines.filter(line => line.includes('out of balance'))).toHaveLength(1)

  // What was found stays on record; good results are kept for a week.
  await owner
    .update(ledgerEntries)
    .set({ amount: 6_000 })
    .where(sql`amount > 0`)
  t.forward(8 * 24 * 60 * MINUTE)
  await keepLedgerChecked(t.deps)
  expect((await checksOf(t)).map(check => check.balanced)).toEqual([false, true])
})

test('several processes at once add the books up once', async () => {
  await using t = await testApp()
  t.hold()
  await Promise.all(Array.from({ length: 5 }, () => keepLedgerChecked(t.deps)))
  expect(await checksOf(t)).toHaveLength(1)
  t.forward(11 * MINUTE)
  await Promise.all(Array.from({ length: 5 }, () => keepLedgerChecked(t.deps)))
  expect(await checksOf(t)).toHaveLength(2)
})

test('a look at the revenue page adds nothing up: it says what the last check found, and when', async () => {
  await using t = await testApp()
  t.hold()
  const admin = await t.user('admin')
  const look = async () => (await t.app.inject({ url: '/api/revenue/summary', headers: admin.headers })).json()
  expect((await look()).ledger).toBe(null)
  await keepLedgerChecked(t.deps)
  const checkedAt = t.deps.now().toISOString()
  t.forward(MINUTE)
  const statements = watchStatements(t.db)
  expect((await look()).ledger).toEqual({ balanced: true, postings: 0, checkedAt })
  expect(statements.filter(one => one.includes('ledger_entries')).length).toBe(1)
  expect(statements.some(one => one.includes('with sums as'))).toBe(false)
})
