import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { listEvents } from '@pix/contracts/events.ts'
import { listPhotos } from '@pix/contracts/photos.ts'
import { startPrivateStack } from '@pix/stack/start/private-stack.ts'
import { seedDemo } from '@pix/stack/start/seed-demo.ts'
import type { Stack } from '@pix/stack/start/stack.ts'
import { personAt } from '../person.ts'
import { quantile } from '../quantile.ts'
import { bankAt } from './bank.ts'
import { type Bought, shopOnce } from './customer.ts'
import { FAULTS } from './faults.ts'
import { killInTurn } from './killer.ts'
import { type Reckoning, reckon } from './reckoning.ts'
import { refundAll } from './refund-all.ts'

const USAGE = `npm run chaos:payments -- [--orders 500] [--seed 1] [--at-once 8] [--kill-every 6] [--json]

Orders against the simulated bank on a shop of this command's own, with every fault in turn and refunds among them, while
the api and the clerk are killed and restarted every few seconds (--kill-every 0: never). Afterwards the shop's books are held
against the bank's journal and the files that customers really downloaded: lost, givenAway, ledgerDifferenceSatang and
duplicates must be 0.`

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '8' },
    'kill-every': { type: 'string', default: '6' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** One buyer in so many asks for a photo's money back. */
const REGRETS = 10
/** How long the sweeps have for what is still open once all customers are done. */
const QUIET_LIMIT_MS = 300_000

async function main(): Promise<void> {
  if (values.help) return console.log(USAGE)
  const { stack, forget } = await startPrivateStack(true)
  process.on('SIGINT', () => void forget().then(() => process.exit(130)))
  try {
    await seedDemo(stack)
    const figures = await storm(stack)
    console.log(values.json ? JSON.stringify(figures) : figures)
    const { lost, givenAway, ledgerDifferenceSatang, duplicates } = figures
    if (lost + givenAway + ledgerDifferenceSatang + duplicates > 0) process.exitCode = 1
  } finally {
    await forget()
  }
}

async function storm(stack: Stack) {
  const [orders, seed, atOnce, killEvery] = [
    Number(values.orders),
    Number(values.seed),
    Number(values['at-once']),
    Number(values['kill-every']),
  ]
  const photoIds = await photosOnSale(stack)
  const random = randomOf(seed)
  const bank = bankAt(stack.paynoiUrl)
  const all: Bought[] = []
  const broken: string[] = []
  const killer = killEvery > 0 ? killInTurn(stack, killEvery * 1_000) : { stop: async () => 0 }
  let next = 0
  const customers = Array.from({ length: atOnce }, async () => {
    for (let at = next++; at < orders; at = next++) {
      const fault = FAULTS[at % FAULTS.length]!
      const from = Math.floor(random() * photoIds.length)
      const chosen = [...photoIds, ...photoIds].slice(from, from + 1 + Math.floor(random() * 4))
      const person = personAt({ stack }, `198.51.${Math.floor(at / 250)}.${1 + (at % 250)}`)
      const regrets = random() < 1 / REGRETS
      await shopOnce({ person, bank, apiUrl: stack.apiUrl, photoIds: chosen, fault, regrets }).then(
        bought => all.push(bought),
        (error: unknown) => broken.push(`${fault.name}: ${error instanceof Error ? error.message : String(error)}`),
      )
      if (at % 25 === 0) process.stderr.write(`chaos: ${all.length} of ${orders} orders\n`)
    }
  })
  await Promise.all(customers)
  const kills = await killer.stop()
  await refundAll(stack)
  const books = await whenQuiet(stack, all)
  const times = all.flatMap(({ fulfilledMs }) => (fulfilledMs === null ? [] : [Math.round(fulfilledMs)]))
  const faults = Object.fromEntries(FAULTS.map(({ name }) => [name, all.filter(({ fault }) => fault === name).length]))
  const fulfilmentMs = { p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
  return { orders: all.length, ...books, kills, faults, seed, fulfilmentMs, broken }
}

/** Announcements and checks that are still on their way come to their end first. */
async function whenQuiet(stack: Stack, all: readonly Bought[]): Promise<Reckoning> {
  const deadline = performance.now() + QUIET_LIMIT_MS
  for (;;) {
    const books = await reckon(stack.database.owner, await bankAt(stack.paynoiUrl).charges(), all)
    if (books.lost + books.ledgerDifferenceSatang === 0 || performance.now() > deadline) return books
    await sleep(3_000)
  }
}

async function photosOnSale(stack: Stack): Promise<string[]> {
  const visitor = personAt({ stack }, '192.0.2.1')
  const { items } = await visitor.call(listEvents, { query: {} })
  const { items: photos } = await visitor.call(listPhotos, { params: { id: items[0]!.id }, query: { limit: 100 } })
  return photos.map(({ id }) => id)
}

/** Numbers between 0 and 1 that follow from the seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

await main()
