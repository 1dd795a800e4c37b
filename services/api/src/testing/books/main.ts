import type { LedgerVerdict } from '@pix/db/ledger/verify-ledger.ts'
import { createSealer } from '@pix/db/seals/seal-rows.ts'
import { testDb } from '@pix/db/testing.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { UNLIMITED } from '../authz/unlimited.ts'
import { testApp, type TestApp } from '../test-app.ts'
import { openBooks } from './fill-books.ts'
import { sell } from './sell.ts'

const COMMAND = fileURLToPath(new URL('../../../../../infra/stack/src/verify-ledger.ts', import.meta.url))
const WARM = 3
const DAY_MS = 86_400_000
/** The month that the revenue page shows, and the years before it. */
const MONTH_MS = 28 * DAY_MS
const YEARS_MS = 3 * 365 * DAY_MS

export interface Wanted {
  orders: number
  atOnce: number
  /** Postings of the shown month. */
  few: number
  /** Postings in all. */
  many: number
  looks: number
}

/**
 * Times how fast orders are sold, what a month's revenue costs over short and over long books, and how fast the books are
 * sealed and recomputed; prints it as JSON. `npm run bench:money` starts this, with the addresses of its servers in the
 * environment.
 */
async function main(): Promise<void> {
  const { orders, atOnce, few, many, looks } = JSON.parse(process.argv[2]!) as Wanted
  const selling = await sell(orders, atOnce)
  await using database = await testDb()
  await using t = await testApp({ settings: UNLIMITED, database })
  const now = Date.now()
  const addSales = await openBooks(t.owner())
  await addSales({ count: few, from: new Date(now - MONTH_MS), to: new Date(now - DAY_MS) })
  const revenueOfFew = await lookAtRevenue(t, looks)
  await addSales({ count: many - few, from: new Date(now - YEARS_MS), to: new Date(now - MONTH_MS - DAY_MS) })
  const revenueOfMany = await lookAtRevenue(t, looks)
  const sealed = await timed(() => sealAll(t))
  const { postings, entries, faults, first, seconds } = await verifyByCommand(database.ownerUrl)
  const figures = {
    selling,
    revenueOfFew,
    revenueOfMany,
    sealMs: sealed.ms,
    verify: { ms: seconds * 1_000, postings, entries, faults, first },
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10)

/** Milliseconds of each look at the month, by an admin. */
async function lookAtRevenue(t: TestApp, looks: number): Promise<number[]> {
  const { headers } = await t.user('admin')
  const url = `/api/revenue/summary?from=${day(Date.now() - MONTH_MS)}&to=${day(Date.now())}`
  const times: number[] = []
  for (let n = 0; n < WARM + looks; n += 1) {
    const { ms, result } = await timed(async () => t.app.inject({ url, headers }))
    if (result.statusCode !== 200) throw new Error(result.body)
    if (n >= WARM) times.push(ms)
  }
  return times
}

/** Under a date before all sales: none of them is back-dated. */
async function sealAll(t: TestApp): Promise<void> {
  const seal = createSealer({ db: t.owner(), now: () => new Date(Date.now() - YEARS_MS) }, 'ledger')
  while ((await seal()).isMore);
}

/** As an operator does, in all its processes. The command says how long it took; it ends with 1 where it finds faults. */
async function verifyByCommand(url: string): Promise<LedgerVerdict & { seconds: number }> {
  const run = promisify(execFile)(process.execPath, [...TYPESCRIPT, COMMAND, '--json'], {
    env: { ...process.env, DATABASE_URL: url },
  })
  const { stdout } = await run.catch((failed: { stdout: string; stderr: string }) => {
    if (failed.stdout === '') throw new Error(failed.stderr)
    return failed
  })
  return JSON.parse(stdout) as LedgerVerdict & { seconds: number }
}

async function timed<T>(act: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now()
  const result = await act()
  return { ms: performance.now() - began, result }
}

await main()
