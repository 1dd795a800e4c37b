import { parseArgs } from 'node:util'
import { startPrivateStack } from '@pix/stack/start/private-stack.ts'
import { seedDemo } from '@pix/stack/start/seed-demo.ts'
import { quantile } from '../quantile.ts'
import { FAULTS } from './faults.ts'
import { storm } from './storm.ts'

const USAGE = `npm run chaos:payments -- [--orders 500] [--seed 1] [--at-once 8] [--kill-every 4] [--json]

Orders on a shop of this command's own, with every fault in turn: through two simulated gateways and by transfer with a slip.
Meanwhile two people decide on slips, refunds and kept money, a third pays out, a part of the transfers comes back, the api,
the clerk and the worker are killed and restarted and Redis is flushed every few seconds (--kill-every 0: never). As on every
development shop a share is paid out at once, also to an account that was just entered (PAYOUT_HOLDING_DAYS and
PAYEE_ACCOUNT_WAIT_HOURS are 0). Afterwards the shop's books are held against the journals of gateways and bank and the files
that customers really downloaded, and recomputed as "npm run ledger:verify" does: lost, givenAway, ledgerDifferenceSatang,
duplicates and ledgerFaults must be 0.`

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '8' },
    'kill-every': { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const wanted = {
  orders: Number(values.orders),
  seed: Number(values.seed),
  atOnce: Number(values['at-once']),
  killEverySeconds: Number(values['kill-every']),
}

async function main(): Promise<void> {
  if (values.help) return console.log(USAGE)
  const { stack, forget } = await startPrivateStack(true)
  process.on('SIGINT', () => void forget().then(() => process.exit(130)))
  try {
    await seedDemo(stack)
    const figures = figuresOf(await storm(stack, wanted))
    console.log(values.json ? JSON.stringify(figures) : figures)
    const { lost, givenAway, ledgerDifferenceSatang, duplicates, ledgerFaults } = figures
    if (lost + givenAway + ledgerDifferenceSatang + duplicates + ledgerFaults > 0) process.exitCode = 1
  } finally {
    await forget()
  }
}

function figuresOf({ purchases, broken, struck, paid, books, verified }: Awaited<ReturnType<typeof storm>>) {
  const all = purchases.map(({ bought }) => bought)
  const times = all.flatMap(({ fulfilledMs }) => (fulfilledMs === null ? [] : [Math.round(fulfilledMs)]))
  const { 'redis flushed': redisFlushed = 0, ...killed } = struck
  return {
    orders: all.length,
    ...books,
    kills: Object.values(killed).reduce((sum, one) => sum + one, 0),
    killed,
    redisFlushed,
    faults: Object.fromEntries(FAULTS.map(({ name }) => [name, all.filter(({ fault }) => fault === name).length])),
    seed: wanted.seed,
    fulfilmentMs: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    payouts: paid,
    postings: verified.postings,
    ledgerFaults: verified.faults,
    firstFault: verified.first,
    broken,
  }
}

await main()
