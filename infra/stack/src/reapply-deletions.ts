import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { ROOT } from './base/paths.ts'
import { printAndFail } from './base/say.ts'
import { API_ENVIRONMENT, keptSettings } from './parts/kept-settings.ts'

const USAGE = `Deletes again, in a database that was restored from a backup, what persons had deleted after the moment that it was
restored to. The log of that lies in object storage, below deletions/.

  npm run reapply-deletions

The settings are the api's: those of "npm start", or those in the environment where DATABASE_URL is there. No program may
use the database meanwhile; an api does not start before it has run. It may be ended and run again at any time.`

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } })
  if (values.help) return console.log(USAGE)
  const args = [...TYPESCRIPT, join(ROOT, 'services/api/src/reapply-deletions/main.ts')]
  const env = process.env.DATABASE_URL ? {} : keptSettings(API_ENVIRONMENT)
  const { exitCode } = await execa(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit', reject: false })
  if (exitCode !== 0) process.exitCode = exitCode ?? 1
}

main().catch(printAndFail)
