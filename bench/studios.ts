import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { withServers } from '@pix/stack/testing/with-servers.ts'
import { quantile } from './quantile.ts'

const USAGE = `npm run bench:studios -- [--studios 200] [--events 20] [--photos 40] [--orders 5] [--pairs 100] [--json]

What requests of a studio's staff cost with row-level security, in their transaction as pix_staff, against the same statements
as pix_app without either: the list of events, the approval of an event of 5,000 photos, revenue. Events are of each studio;
photos and orders are of each event. Requests take turns on one database. The ratio is one of CPU time, of the api and of
its connections to PostgreSQL, which must be on this machine.`

const GOAL = 1.3
const FILE = fileURLToPath(new URL('../services/api/src/testing/studios/main.ts', import.meta.url))

const { values } = parseArgs({
  options: {
    studios: { type: 'string', default: '200' },
    events: { type: 'string', default: '20' },
    photos: { type: 'string', default: '40' },
    orders: { type: 'string', default: '5' },
    pairs: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

async function main(): Promise<void> {
  if (values.help) return console.log(USAGE)
  const { studios, events, photos, orders, pairs } = values
  const sizes = { studios: Number(studios), events: Number(events), photos: Number(photos), orders: Number(orders) }
  const { stdout } = await withServers(env =>
    promisify(execFile)(process.execPath, [...TYPESCRIPT, FILE, JSON.stringify([sizes, Number(pairs)])], {
      env: { ...process.env, ...env },
    }),
  )
  const figures = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, Record<'with' | 'without', Cost[]>>
  const rows = Object.entries(figures).map(([request, costs]) => rowOf(request, costs))
  if (values.json) console.log(JSON.stringify({ sizes, goal: GOAL, rows }))
  else console.table(rows)
  if (rows.some(({ ratio }) => ratio > GOAL)) process.exitCode = 1
}

interface Cost {
  clock: number
  cpu: number
}

const median = (numbers: number[]) => Number(quantile(numbers, 0.5).toFixed(2))

/** Medians. The ratio is the median of the pairs' ratios of CPU time: a machine that does other work slows the clock alone. */
function rowOf(request: string, costs: Record<'with' | 'without', Cost[]>) {
  const ratioOf = (by: keyof Cost) => median(costs.with.map((cost, pair) => cost[by] / costs.without[pair]![by]))
  return {
    request,
    cpuWith: median(costs.with.map(({ cpu }) => cpu)),
    cpuWithout: median(costs.without.map(({ cpu }) => cpu)),
    ratio: ratioOf('cpu'),
    clockWith: median(costs.with.map(({ clock }) => clock)),
    clockWithout: median(costs.without.map(({ clock }) => clock)),
    clockRatio: ratioOf('clock'),
  }
}

await main()
