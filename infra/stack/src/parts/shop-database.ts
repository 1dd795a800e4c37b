import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startFolders } from '../base/paths.ts'
import { Obstacle } from '../base/say.ts'
import { loadSecrets } from '../base/secrets.ts'
import { portsOf } from '../base/settings.ts'
import { withUser } from './prepare-database.ts'

/**
 * The database that a command works on, as `pix_app`: the one that DATABASE_URL names, else that of `npm start`.
 *
 * @throws Obstacle where nothing was started yet
 */
export function shopDatabaseUrl(): string {
  const { DATABASE_URL } = process.env
  if (DATABASE_URL) return DATABASE_URL
  const { data } = startFolders()
  if (!existsSync(join(data, 'secrets.json')))
    throw new Obstacle('There is no shop here yet: run "npm start" first, or name its database with DATABASE_URL.')
  const server = `postgres://127.0.0.1:${portsOf(process.env).postgres}`
  return withUser(server, 'pix_app', loadSecrets(data).appPassword, 'thepixstock')
}
