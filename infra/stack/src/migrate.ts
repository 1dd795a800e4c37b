import { prepareDatabase } from './parts/prepare-database.ts'
import { printAndFail } from './base/say.ts'

/** For containers: roles, database and migrations, from ADMIN_URL, OWNER_PASSWORD and APP_PASSWORD. Safe to repeat. */
async function main(): Promise<void> {
  const { ADMIN_URL, OWNER_PASSWORD, APP_PASSWORD } = process.env
  if (!ADMIN_URL || !OWNER_PASSWORD || !APP_PASSWORD)
    throw new Error('ADMIN_URL, OWNER_PASSWORD and APP_PASSWORD are needed')
  await prepareDatabase(ADMIN_URL, { ownerPassword: OWNER_PASSWORD, appPassword: APP_PASSWORD })
  console.log('the database is up to date')
}

main().catch(printAndFail)
