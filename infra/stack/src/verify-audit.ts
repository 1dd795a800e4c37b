import { connect } from '@pix/db/client.ts'
import { verifySeals } from '@pix/db/seals/verify-seals.ts'
import { parseArgs } from 'node:util'
import { printAndFail } from './base/say.ts'
import { printSeals, readKnown } from './base/seal-words.ts'
import { shopDatabaseUrl } from './parts/kept-settings.ts'

const USAGE = `Recomputes every seal of the audit from the rows that are there, and says what differs.

  npm run audit:verify [-- --json] [--known <number>:<root> …]

--known gives the root of a seal as it was kept elsewhere, such as from the api's log: only so does it show that the end
was cut off. Ends with 0 when nothing differs, else with 1. The database is that of "npm start", or the one that
DATABASE_URL names.`

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
    else printSeals(verdict)
    if (verdict.faults > 0) process.exitCode = 1
  } finally {
    await db.$client.end()
  }
}

main().catch(printAndFail)
