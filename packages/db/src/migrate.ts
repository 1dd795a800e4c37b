import { fileURLToPath } from 'node:url'
import { migrate as run } from 'drizzle-orm/node-postgres/migrator'
import { connect } from './client.ts'

const FOLDER = fileURLToPath(new URL('../migrations', import.meta.url))

/**
 * Brings a database up to date. Connects as `pix_owner`; safe to repeat and to run from two places at once.
 *
 * @param folder of the migrations
 */
export async function migrate(ownerUrl: string, folder = FOLDER): Promise<void> {
  const db = connect(ownerUrl, { max: 1, applicationName: 'thepixstock-migrate' })
  try {
    await db.execute('select pg_advisory_lock(7269001)')
    await run(db, { migrationsFolder: folder })
  } finally {
    await db.$client.end()
  }
}
