import { connect } from '@pix/db/client.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { RetentionSettings, StorageSettings } from '@pix/platform/settings.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startFolders } from './base/paths.ts'
import { Obstacle, printAndFail } from './base/say.ts'
import { keptSettings } from './parts/kept-settings.ts'
import { auditPrivacy, type PrivacyReport } from './privacy/audit-privacy.ts'

const USAGE = `Proves that no biometric datum is older than its stated date, in PostgreSQL, Redis, object storage, index
snapshots and logs. What nobody has said what it is fails. It reads and changes nothing.

  npm run privacy:audit [-- --json] [-- --logs <folder>]...

The stores are those of "npm start", or those that a service's settings name: DATABASE_URL, REDIS_URL, STORAGE_…,
FACES_KEPT_DAYS and LETTERS_KEPT_DAYS. Ends with 1 when something is overdue or unknown.`

const Given = StorageSettings.extend(RetentionSettings.shape)

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      logs: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(USAGE)
  const settings = readGiven()
  const logs = values.logs ?? [startFolders().logs].filter(folder => existsSync(folder))
  const db = connect(settings.DATABASE_URL, { max: 2, applicationName: 'thepixstock-privacy-audit' })
  const redis = connectRedis(settings.REDIS_URL, 'worker', () => undefined)
  try {
    await redisReady(redis)
    const storage = openStorage(settings)
    const days = { facesDays: settings.FACES_KEPT_DAYS, lettersDays: settings.LETTERS_KEPT_DAYS }
    const stores = { db, redis, storage, logs, now: new Date(), ...days }
    const report = await auditPrivacy(stores)
    console.log(values.json ? JSON.stringify(report, null, 2) : inWords(report))
    if (!report.passed) process.exitCode = 1
  } finally {
    redis.disconnect()
    await db.$client.end()
  }
}

function readGiven() {
  const given = process.env.DATABASE_URL ? process.env : keptSettings()
  const { DATABASE_URL, REDIS_URL } = given
  if (!DATABASE_URL || !REDIS_URL) throw new Obstacle('DATABASE_URL and REDIS_URL name the stores together.')
  const parsed = Given.safeParse(given)
  if (!parsed.success) throw new Obstacle(`The settings do not name the stores: ${parsed.error.message}`)
  return { ...parsed.data, DATABASE_URL, REDIS_URL }
}

function inWords({ kinds, faults, passed }: PrivacyReport): string {
  const lines = kinds.map(({ store, kind, kept, count, oldest, overdue }) =>
    [
      store.padEnd(9),
      kind.padEnd(24),
      String(count).padStart(9),
      (oldest ?? '-').padEnd(24),
      `overdue ${overdue}`,
      kept,
    ].join('  '),
  )
  const head = ['store'.padEnd(9), 'kind'.padEnd(24), 'count'.padStart(9), 'oldest'.padEnd(24), '', 'kept'].join('  ')
  const found = faults.map(({ store, what }) => `FAULT  ${store}: ${what}`)
  return [head, ...lines, ...found, passed ? 'Nothing is overdue, and nothing is unknown.' : 'The audit FAILED.'].join(
    '\n',
  )
}

main().catch(printAndFail)
