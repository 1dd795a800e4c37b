import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { type LedgerVerdict, verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { createSealer } from '@pix/db/seals/seal-rows.ts'
import { testDb, type TestDb } from '@pix/db/testing.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { sql } from 'drizzle-orm'
import { execa } from 'execa'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ROOT } from './base/paths.ts'

/** A little more than two ranges. */
const POSTINGS = 4_100

const run = ({ appUrl }: TestDb, ...args: string[]) =>
  execa(process.execPath, [...TYPESCRIPT, join(ROOT, 'infra/stack/src/verify-ledger.ts'), ...args], {
    cwd: ROOT,
    env: { DATABASE_URL: appUrl },
    reject: false,
  })

/** Books of corrections from rounding to the platform, sealed; as the owner, whose triggers rest. */
async function withBooks() {
  const t = await testDb()
  const owner = t.owner()
  await owner.execute(sql`alter table ledger_entries disable trigger user`)
  await owner.execute(sql`alter table ledger_postings disable trigger user`)
  await owner.execute(sql`
    insert into ledger_accounts (id, kind) values (gen_random_uuid(), 'platform_revenue'), (gen_random_uuid(), 'payment_rounding')
    on conflict do nothing`)
  await owner.execute(sql`alter table ledger_adjustments disable trigger user`)
  await owner.execute(sql`
    insert into ledger_adjustments (id, studio_id, reference, reason, amount, from_kind, to_kind, created_at)
    select gen_random_uuid(), ${HOUSE_STUDIO}, n, '-', 7, 'payment_rounding', 'platform_revenue', now()
    from generate_series(1, ${POSTINGS}::int) n`)
  await owner.execute(sql`
    insert into ledger_postings (id, kind, source_kind, source_id)
    select gen_random_uuid(), 'adjustment', 'adjustment', id from ledger_adjustments`)
  await owner.execute(sql`
    insert into ledger_entries (id, posting_id, account_id, amount)
    select gen_random_uuid(), p.id, a.id, case a.kind when 'payment_rounding' then 7 else -7 end
    from ledger_postings p, ledger_accounts a where a.kind in ('platform_revenue', 'payment_rounding')`)
  const seal = createSealer({ db: t.db, now: () => new Date(), patienceMs: 60_000 }, 'ledger')
  expect((await seal()).made?.positions).toHaveLength(POSTINGS)
  return t
}

test('processes that share the ledger see all of it, and each fault on either side of where it is divided', async () => {
  await using t = await withBooks()
  const whole = await run(t, '--json', '--readers', '2')
  expect([whole.exitCode, JSON.parse(whole.stdout) as LedgerVerdict]).toEqual([
    0,
    { ...(await verifyLedger(t.db)), seconds: expect.any(Number) },
  ])
  expect(JSON.parse(whole.stdout)).toMatchObject({ postings: POSTINGS, entries: 2 * POSTINGS, balances: 2, faults: 0 })

  // The last of the first range, and the first of the second; then one is gone there.
  await t.owner().execute(sql`
    update ledger_entries set amount = amount + 1 where posting_id in (
      select id from ledger_postings where position in (2000, 2001)) and amount > 0`)
  await t.owner().execute(sql`update ledger_postings set position = 9000 where position = 4000`)
  const changed = await run(t, '--json', '--readers', '2')
  const verdict = JSON.parse(changed.stdout) as LedgerVerdict
  expect([changed.exitCode, verdict]).toEqual([1, { ...(await verifyLedger(t.db)), seconds: expect.any(Number) }])
  // Two that do not balance, and two accounts; two changed and one missing.
  expect(verdict).toMatchObject({ faults: 7, first: { what: 'unbalanced' }, seals: { faults: 3, unsealed: 1 } })
  expect(verdict.seals.first).toMatchObject({ what: 'changed', position: 2000 })
  expect(await run(t, '--readers', '0')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('--readers takes'),
  })
})

/** Acts while the command's two readers wait for a table that they need. */
async function whileReading(t: TestDb, act: (command: ReturnType<typeof run>) => Promise<void>) {
  const holder = await t.owner().$client.connect()
  try {
    await holder.query('begin')
    await holder.query('lock table ledger_accounts in access exclusive mode')
    const command = run(t, '--json', '--readers', '2')
    await expect.poll(() => waitingReaders(t), { timeout: 60_000 }).toBe(2)
    await act(command)
    await holder.query('commit')
    return await command
  } finally {
    holder.release(true)
  }
}

const waitingReaders = async (t: TestDb) =>
  (
    await t.db.execute(sql`
      select from pg_stat_activity where datname = current_database() and application_name = 'thepixstock-ledger-reader'
        and wait_event_type = 'Lock'`)
  ).rows.length

test('a reader that is killed fails the command: what it had to read is not passed as whole', async () => {
  await using t = await withBooks()
  const killed = await whileReading(t, async command => {
    const { stdout } = await promisify(execFile)('pgrep', ['-P', String(command.pid), '-f', 'ledger/reader'])
    process.kill(Number(stdout.trim().split('\n')[0]), 'SIGKILL')
  })
  expect(killed).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('ended with SIGKILL') })
})

test('a reader that loses its connection fails the command', async () => {
  await using t = await withBooks()
  const cut = await whileReading(t, async () => {
    await t.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'thepixstock-ledger-reader' limit 1`)
  })
  expect(cut).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('a reader of the ledger ended with 1'),
  })
})
