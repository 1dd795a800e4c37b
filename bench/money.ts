import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { withServers } from '@pix/stack/testing/with-servers.ts'
import { quantile } from './quantile.ts'

const USAGE = `npm run bench:money -- [--orders 200] [--at-once 8] [--postings 1000000] [--looks 15] [--json]

How many orders are placed and fulfilled a second with the simulated bank; what a month's revenue of 10,000 sales costs over
books of that month alone and over all postings (the ratio is of medians, goal at most 1.5); how fast the books are sealed
and recomputed (goal at least 20,000 postings a second).`

const GOALS = { revenueRatio: 1.5, verifiedPerSecond: 20_000 }
const FEW = 10_000
const FILE = fileURLToPath(new URL('../services/api/src/testing/books/main.ts', import.meta.url))

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '200' },
    'at-once': { type: 'string', default: '8' },
    postings: { type: 'string', default: '1000000' },
    looks: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

interface Figures {
  selling: { ordersPerSecond: number; fulfilledPerSecond: number; fulfilmentMs: number[] }
  /** Milliseconds of each look. */
  revenueOfFew: number[]
  revenueOfMany: number[]
  sealMs: number
  verify: { ms: number; postings: number; entries: number; faults: number; first: unknown }
}

async function main(): Promise<void> {
  if (values.help) return console.log(USAGE)
  const wanted = {
    orders: Number(values.orders),
    atOnce: Number(values['at-once']),
    few: FEW,
    many: Number(values.postings),
    looks: Number(values.looks),
  }
  const { stdout } = await withServers(env =>
    promisify(execFile)(process.execPath, [...TYPESCRIPT, FILE, JSON.stringify(wanted)], {
      env: { ...process.env, ...env },
    }),
  )
  const rows = rowsOf(JSON.parse(stdout.trim().split('\n').at(-1)!) as Figures)
  console.log(values.json ? JSON.stringify(rows) : rows)
  const { revenueRatio, verifiedPerSecond } = GOALS
  if (rows.revenueRatio > revenueRatio || rows.verifiedPerSecond < verifiedPerSecond || rows.faults > 0)
    process.exitCode = 1
}

const round = (figure: number) => Number(figure.toFixed(figure < 100 ? 1 : 0))

function rowsOf({ selling, revenueOfFew, revenueOfMany, sealMs, verify }: Figures) {
  const [few, many] = [quantile(revenueOfFew, 0.5), quantile(revenueOfMany, 0.5)]
  return {
    ordersPerSecond: round(selling.ordersPerSecond),
    fulfilledPerSecond: round(selling.fulfilledPerSecond),
    fulfilmentMs: { p50: round(quantile(selling.fulfilmentMs, 0.5)), p95: round(quantile(selling.fulfilmentMs, 0.95)) },
    revenueMs: { few: round(few), many: round(many) },
    revenueRatio: Number((many / few).toFixed(2)),
    postings: verify.postings,
    sealedPerSecond: round((verify.postings / sealMs) * 1_000),
    verifiedPerSecond: round((verify.postings / verify.ms) * 1_000),
    faults: verify.faults,
    first: verify.first,
  }
}

await main()
