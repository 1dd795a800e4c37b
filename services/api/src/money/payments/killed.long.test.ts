import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, test } from 'vitest'
import { TEST_COLUMN_KEYS } from '../../testing/environment.ts'
import { type Bank, type Shop, signedByPayNoi, startBank, WEBHOOK_SECRET } from './bank-testing.ts'
import { retryGatewayEvents } from './sweep-payments.ts'

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url))
// The program begins a dozen times, and much of the time is waiting for its sweeps: each test has a shop of its own.
const LIMIT = { timeout: 900_000, concurrent: true }

let bank: Bank
let root: string
beforeAll(async () => {
  bank = await startBank()
  root = await mkdtemp(join(tmpdir(), 'pix-killed-'))
})
const running = new Set<ChildProcess>()
afterAll(async () => {
  for (const api of running) api.kill('SIGKILL')
  await bank.stop()
  await rm(root, { recursive: true })
})

/** The api as a program of its own, with all its sweeps, on the shop's database. */
async function startApi(t: Shop): Promise<{ url: string; kill: () => Promise<void> }> {
  const own = {
    STORAGE_DRIVER: 'fs',
    STORAGE_FS_ROOT: root,
    COLUMN_KEYS: TEST_COLUMN_KEYS,
    PAYNOI_URL: bank.url,
    PAYNOI_WEBHOOK_SECRET: WEBHOOK_SECRET,
  }
  const settings = Object.entries({ ...t.deps.settings, LOG_LEVEL: 'info', ...own })
  const env = Object.fromEntries(
    settings.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  const api = spawn(process.execPath, [...TYPESCRIPT, MAIN], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(api)
  const exited = once(api, 'exit').then(() => running.delete(api))
  const kill = async () => {
    api.kill('SIGKILL')
    await exited
  }
  return { url: `http://127.0.0.1:${await portOf(api)}`, kill }
}

async function portOf({ stdout }: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: stdout! })) {
    const { msg, port } = JSON.parse(line) as { msg: string; port: number }
    if (msg !== 'listening') continue
    stdout!.resume()
    return port
  }
  throw new Error('the api ended before it listened')
}

/** An order whose money is at the bank, which does not say so by itself. */
async function paidAtTheBank(t: Shop) {
  await bank.faults({ never: true })
  const { visitor, order, payment } = await t.withQr(1)
  const [row] = await ask(t, `select trans_id from payments where id = '${payment.id}'`)
  const transId = String(row!.trans_id)
  await bank.pay(transId)
  const body = signedByPayNoi({ trans_id: transId, payment_status: 'completed' })
  return {
    transId,
    announce: (url: string) => fetch(`${url}/api/payment/webhook`, { method: 'POST', body }),
    status: () => t.status(visitor, order.id),
    /** What the books hold of it. */
    books: async () => {
      const [found] = await ask(
        t,
        `select
          (select count(*)::int from receipts where trans_id = '${transId}') as receipts,
          (select count(*)::int from ledger_postings where order_id = '${order.id}') as postings,
          (select coalesce(sum(amount), 0)::int from ledger_entries e join ledger_postings p on p.id = e.posting_id
            where p.order_id = '${order.id}') as balance,
          (select count(*)::int from gateway_events where trans_id = '${transId}' and handled_at is null) as waiting`,
      )
      return found
    },
  }
}

const ask = async (t: Shop, statement: string) =>
  (await t.owner().$client.query<Record<string, unknown>>(statement)).rows

/** Lets nobody write a table until it is released. */
async function hold(t: Shop, table: string) {
  const client = await t.owner().$client.connect()
  await client.query(`begin; lock table ${table} in share mode`)
  return {
    /** Somebody waits to write it. */
    isWaitedFor: async () =>
      (await client.query(`select 1 from pg_locks where relation = '${table}'::regclass and not granted`)).rowCount! >
      0,
    release: async () => {
      await client.query('rollback')
      client.release()
    },
  }
}

/** The tables in which the transaction that keeps the receipt of this money wrote. */
async function tablesOfCredit(t: Shop, transId: string): Promise<string[]> {
  const tables = await ask(
    t,
    `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  const written: string[] = []
  for (const { relname } of tables) {
    const same = `xmin = (select xmin from receipts where trans_id = '${transId}')`
    if ((await ask(t, `select 1 from "${String(relname)}" where ${same} limit 1`)).length > 0)
      written.push(String(relname))
  }
  return written
}

/** What commits together when a payment is credited. */
const SHOP = ['payments', 'receipts', 'orders', 'entitlements', 'outgoing_mail', 'order_archives']
const TOGETHER = [...SHOP, 'ledger_postings', 'ledger_entries']
const ONCE = { receipts: 1, postings: 1, balance: 0, waiting: 0 }

test('an api that is killed anywhere inside a payment credits it once when it is back', LIMIT, async ({ expect }) => {
  await using t = await bank.openShop()
  let api = await startApi(t)
  const whole = await paidAtTheBank(t)
  expect(await (await whole.announce(api.url)).json()).toEqual({ status: 1 })
  await expect.poll(whole.status).toBe('fulfilled')
  await expect.poll(whole.books).toEqual(ONCE)

  // The order is written again when it is fulfilled, and so no longer bears that transaction's mark.
  const tables = new Set([...(await tablesOfCredit(t, whole.transId)), 'payments', 'orders'])
  expect([...tables]).toEqual(expect.arrayContaining(TOGETHER))
  for (const table of tables) {
    const money = await paidAtTheBank(t)
    const held = await hold(t, table)
    expect(await (await money.announce(api.url)).json()).toEqual({ status: 1 })
    await expect.poll(held.isWaitedFor).toBe(true)
    await api.kill()
    await held.release()
    expect({ table, status: await money.status(), ...(await money.books()) }).toEqual({
      table,
      status: 'awaiting_payment',
      receipts: 0,
      postings: 0,
      balance: 0,
      waiting: 1,
    })

    api = await startApi(t)
    await expect.poll(money.status).toBe('fulfilled')
    await expect.poll(money.books).toEqual(ONCE)
    await money.announce(api.url)
    expect(await money.books()).toEqual(ONCE)
  }
  await api.kill()
})

test(
  'an api that is killed as soon as a payment is credited fulfils the order when it is back',
  LIMIT,
  async ({ expect }) => {
    await using t = await bank.openShop()
    const killed = await startApi(t)
    const money = await paidAtTheBank(t)
    await money.announce(killed.url)
    await expect.poll(async () => (await money.books())?.receipts, { interval: 1 }).toBe(1)
    await killed.kill()
    expect(await money.books()).toMatchObject({ receipts: 1, postings: 1, balance: 0 })

    const api = await startApi(t)
    await expect.poll(money.status).toBe('fulfilled')
    await expect.poll(money.books).toEqual(ONCE)
    await api.kill()
  },
)

test('a database that ends a connection inside a payment leaves nothing of it, and the payment is credited once', async ({
  expect,
}) => {
  await using t = await bank.openShop()
  const money = await paidAtTheBank(t)
  const held = await hold(t, 'ledger_entries')
  expect(await (await money.announce(t.url)).json()).toEqual({ status: 1 })
  await expect.poll(held.isWaitedFor).toBe(true)
  await t.db.execute(sql`select pg_terminate_backend(pid) from pg_locks where not granted
    and relation = 'ledger_entries'::regclass and database = (select oid from pg_database where datname = current_database())`)
  await expect.poll(held.isWaitedFor).toBe(false)
  await held.release()
  expect(await money.books()).toEqual({ receipts: 0, postings: 0, balance: 0, waiting: 1 })
  t.forward(10_000)
  await retryGatewayEvents(t.deps)
  await expect.poll(money.status).toBe('fulfilled')
  expect(await money.books()).toEqual(ONCE)
})
