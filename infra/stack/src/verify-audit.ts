import { connect } from '@pix/db/client.ts'
import { type Verdict, verifySeals } from '@pix/db/seals/verify-seals.ts'
import { parseArgs } from 'node:util'
import { Obstacle, printAndFail, say } from './base/say.ts'
import { shopDatabaseUrl } from './parts/shop-database.ts'

const USAGE = `Recomputes every seal of the audit from the rows that are there, and says what differs.

  npm run audit:verify [-- --json] [--known <number>:<root> …]

--known gives the root of a seal as it was kept elsewhere, such as from the api's log: only so does it show that the end
was cut off. Ends with 0 when nothing differs, else with 1. The database is that of "npm start", or the one that
DATABASE_URL names.`

const SAID: Record<NonNullable<Verdict['first']>['what'], string> = {
  changed: 'was changed after it was sealed',
  missing: 'was sealed and is gone',
  added: 'was added to a place that was sealed',
  back_dated: 'says that it is older than the seal before it',
  seal_changed: 'is not the one that was made',
  seal_missing: 'is not there, or the one before it',
  root_unknown: 'has another root than the one that was kept',
}

function readKnown(given: readonly string[]): Map<number, string> {
  return new Map(
    given.map(text => {
      const [, number, root] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
      if (number === undefined || root === undefined) throw new Obstacle(`--known takes <number>:<root>, not ${text}.`)
      return [Number(number), root]
    }),
  )
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      known: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(USAGE)
  const known = readKnown(values.known)
  const db = connect(shopDatabaseUrl(), { max: 1, applicationName: 'thepixstock-verify-audit' })
  try {
    const verdict = await verifySeals(db, 'audit', known)
    if (values.json) console.log(JSON.stringify(verdict))
    else tell(verdict)
    if (verdict.faults > 0) process.exitCode = 1
  } finally {
    await db.$client.end()
  }
}

function tell({ seals, rows, unsealed, oldestUnsealedAt, faults, first, last }: Verdict): void {
  say(`${rows} rows are as their ${seals} seals say; ${unsealed} are not sealed yet`)
  if (oldestUnsealedAt !== null) say(`the oldest of those was written at ${oldestUnsealedAt}`)
  if (last !== null) say(`the last seal is ${last.number}:${last.root}`)
  if (first === null) return
  const about = first.position === null ? `seal ${first.number}` : `row ${first.id ?? '(gone)'} at ${first.position}`
  console.error(`${faults} faults. The first: ${about} ${SAID[first.what]}.`)
}

main().catch(printAndFail)
