import { connect } from '@pix/db/client.ts'
import { type ColumnKeys, parseColumnKeys } from '@pix/db/sealed/column-keys.ts'
import { rotateKeys, sealedColumns } from '@pix/db/sealed/rotate-keys.ts'
import * as schema from '@pix/db/schema/index.ts'
import { parseArgs } from 'node:util'
import { startFolders } from './base/paths.ts'
import { Obstacle, say, printAndFail } from './base/say.ts'
import { loadSecrets } from './base/secrets.ts'
import { shopDatabaseUrl } from './parts/kept-settings.ts'
import { developmentColumnKeys } from './start/service-environment.ts'

const USAGE = `Re-encrypts, with the first key of COLUMN_KEYS, every column value that another key has encrypted.

  npm run rotate-keys

COLUMN_KEYS and DATABASE_URL are the api's; without them those of "npm start" are taken. It may be ended and run again
at any time, while the shop serves. docs/runbooks/column-keys.md says when a key can be taken away.`

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } })
  if (values.help) return console.log(USAGE)
  const keys = readKeys()
  const db = connect(shopDatabaseUrl(), { max: 1, applicationName: 'thepixstock-rotate-keys' })
  try {
    const done = await rotateKeys(db, keys, sealedColumns(schema), {
      onBatch: ({ column, resealed }) => say(`${column}: ${resealed} re-encrypted so far`),
    })
    for (const { column, resealed, unreadable } of done) {
      say(`${column}: ${resealed} re-encrypted with key "${keys.present}", ${unreadable.length} that no key opens`)
      for (const rowId of unreadable) say(`  row ${rowId} needs a key that is not in COLUMN_KEYS`)
    }
    if (done.some(({ unreadable }) => unreadable.length > 0)) process.exitCode = 1
  } finally {
    await db.$client.end()
  }
}

function readKeys(): ColumnKeys {
  const text = process.env.COLUMN_KEYS ?? developmentColumnKeys(loadSecrets(startFolders().data))
  try {
    return parseColumnKeys(text)
  } catch (error) {
    throw new Obstacle(`COLUMN_KEYS: ${(error as Error).message}.`)
  }
}

main().catch(printAndFail)
