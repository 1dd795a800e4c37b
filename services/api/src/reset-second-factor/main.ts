import { connect } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { parseArgs } from 'node:util'
import { NoFactor, resetFactor } from '../people/accounts/index.ts'

/** `npm run reset-second-factor` starts this with the database's address in the environment, and explains its options. */
async function main(): Promise<void> {
  const text = { type: 'string', default: '' } as const
  const { values } = parseArgs({ options: { email: text, reason: text, locale: { type: 'string', default: 'th' } } })
  const db = connect(process.env['DATABASE_URL'] ?? '', { max: 1, applicationName: 'thepixstock-reset-second-factor' })
  try {
    await resetFactor(
      { db, newId, now: () => new Date(), storefront: { studio: null } },
      { email: values.email.trim().toLowerCase(), reason: values.reason, locale: values.locale === 'en' ? 'en' : 'th' },
    )
  } catch (error) {
    if (!(error instanceof NoFactor)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  } finally {
    await db.$client.end()
  }
}

await main()
