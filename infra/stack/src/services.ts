import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { forgetFolders, ROOT, temporaryFoldersForTests } from './base/paths.ts'
import { Processes } from './base/processes.ts'
import { say, printAndFail } from './base/say.ts'
import { startTestParts } from './testing/test-parts.ts'

/** `node infra/bootstrap.mjs services`: the parts that integration tests need, in the foreground, for running single tests. */
async function main(): Promise<void> {
  const { yes } = parseArgs({ options: { yes: { type: 'boolean', default: false } } }).values
  const folders = await temporaryFoldersForTests()
  const processes = new Processes(folders)
  const file = join(ROOT, '.data', 'test-env.json')
  const stop = async (reason?: string) => {
    rmSync(file, { force: true })
    if (reason) console.error(reason)
    await processes.stopAll()
    await forgetFolders(folders)
    process.exit(reason ? 1 : 0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  process.on('disconnect', () => void stop())

  const unattended = yes || Boolean(process.env.CI)
  const environment = await startTestParts(processes, folders, unattended, reason => void stop(reason))
  mkdirSync(join(ROOT, '.data'), { recursive: true })
  writeFileSync(file, JSON.stringify(environment, null, 2), { mode: 0o600 })
  say(`addresses in ${file}, which vitest reads: npx vitest run --project int <file>`)
  say('ready; Ctrl-C stops them and forgets their data')
}

main().catch(printAndFail)
