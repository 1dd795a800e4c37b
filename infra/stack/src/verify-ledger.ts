import { connect } from '@pix/db/client.ts'
import { type LedgerVerdict, verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Obstacle, printAndFail, say } from './base/say.ts'
import { printSeals, readKnown } from './base/seal-words.ts'
import { startReaders } from './ledger/start-readers.ts'
import { shopDatabaseUrl } from './parts/kept-settings.ts'

const USAGE = `Recomputes the whole ledger: each posting from its order, the shares that the order froze, its receipt and its
refund; the sums of entries; every seal; and the kept balances. Rows that are not sealed yet are counted.

  npm run ledger:verify [-- --json] [--readers <number>] [--known <number>:<root> …]

The postings are divided among processes, as many as there are cores and four at most, or as --readers says. --known gives
the root of a seal as it was kept elsewhere. Ends with 0 when nothing differs, else with 1. The database is
that of "npm start", or the one that DATABASE_URL names.`

const SAID: Record<NonNullable<LedgerVerdict['first']>['what'], string> = {
  unbalanced: 'has entries that do not add up to zero',
  not_recomputed: 'is not what its order, receipt or refund comes to',
  no_sale: 'is a paid order without exactly one sale',
  no_posting: 'is a refund that is not posted',
  balance: 'is an account whose kept balance is not the sum of its entries',
}

/** Each reads with a connection of its own. */
const MOST_READERS = 4

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      readers: { type: 'string', default: String(Math.min(availableParallelism(), MOST_READERS)) },
      known: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(USAGE)
  const known = readKnown(values.known)
  const readers = readCount(values.readers)
  const db = connect(shopDatabaseUrl(), { max: 1, applicationName: 'thepixstock-verify-ledger' })
  const begun = performance.now()
  try {
    const verdict = await verifyLedger(db, { known, open: moment => startReaders(readers, moment) })
    const seconds = (performance.now() - begun) / 1_000
    if (values.json) console.log(JSON.stringify({ ...verdict, seconds: Number(seconds.toFixed(2)) }))
    else printVerdict(verdict, seconds)
    if (verdict.faults > 0) process.exitCode = 1
  } finally {
    await db.$client.end()
  }
}

function readCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new Obstacle(`--readers takes a number from 1 to 99, not ${text}.`)
  return Number(text)
}

function printVerdict({ postings, entries, balances, seals, faults, first }: LedgerVerdict, seconds: number): void {
  say(
    `${postings} postings with ${entries} entries and ${balances} balances were recomputed in ${seconds.toFixed(1)} s`,
  )
  printSeals(seals)
  if (first !== null)
    console.error(
      `${faults} faults in all. The first of the books: ${first.id} ${SAID[first.what]} (${first.why ?? '-'}).`,
    )
}

main().catch(printAndFail)
