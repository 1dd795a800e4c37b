import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { ROOT } from './base/paths.ts'
import { printAndFail, say } from './base/say.ts'
import { shopDatabaseUrl } from './parts/kept-settings.ts'

const USAGE = `Turns the second factor of an account off, for an operator of the server who is locked out.

  npm run reset-second-factor -- --email <address> --reason <how you know that it is its owner> [--locale th|en]

The database is that of "npm start", or the one that DATABASE_URL names. Every sign-in of the account ends, its browsers
are forgotten, and its owner gets a letter in that language; the audit keeps the reason. Where another platform admin
can sign in, decide in the inbox instead (docs/runbooks/inbox.md).`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      email: { type: 'string' },
      reason: { type: 'string' },
      locale: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const { help, email, reason, locale = 'th' } = values
  if (help || !email?.trim() || !reason?.trim() || !['th', 'en'].includes(locale)) {
    console.log(USAGE)
    process.exitCode = help ? 0 : 64
    return
  }
  const file = join(ROOT, 'services/api/src/reset-second-factor/main.ts')
  const args = [...TYPESCRIPT, file, '--email', email, '--reason', reason, '--locale', locale]
  const env = { DATABASE_URL: shopDatabaseUrl() }
  const { exitCode } = await execa(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit', reject: false })
  if (exitCode === 0)
    say(`${email} signs in with one step now, and has to turn the second factor on again where its role asks for it`)
  else process.exitCode = 1
}

main().catch(printAndFail)
