import { asSystem } from '@pix/db/tenant.ts'
import { createLog } from '@pix/platform/log.ts'
import { readSettings } from '@pix/platform/settings.ts'
import { reapplyDeletions } from '../care/privacy/index.ts'
import { openDeps } from '../open-deps.ts'
import { Settings } from '../settings.ts'

/** `npm run reapply-deletions` starts this with the api's settings in the environment; `restore.yml` does so, too. */
const say = (line: string) => process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const settings = readSettings(Settings, process.env)
  const log = createLog('reapply-deletions', { level: settings.LOG_LEVEL, pretty: false })
  const { deps, close } = await openDeps(settings, log, 'thepixstock-reapply-deletions')
  try {
    const { lacking, found } = await reapplyDeletions(asSystem(deps), say)
    say(
      lacking === 0
        ? 'The database has every deletion of the log.'
        : `${lacking} deletions of the log were lacking, ${found} of them had something to delete.`,
    )
  } finally {
    for (const one of close) await one()
  }
}

await main()
