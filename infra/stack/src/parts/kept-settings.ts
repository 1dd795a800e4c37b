import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startFolders } from '../base/paths.ts'
import { Obstacle } from '../base/say.ts'
import { WORKER_ENVIRONMENT } from '../start/stack.ts'

/**
 * The settings of a program of the shop that was last started here.
 *
 * @param environment the worker's, where nothing else is said
 * @throws Obstacle where nothing was started yet
 */
export function keptSettings(environment = WORKER_ENVIRONMENT): Record<string, string | undefined> {
  const file = join(startFolders().data, environment)
  if (!existsSync(file))
    throw new Obstacle(
      'There is no shop here yet: run "npm start" first, or name the stores with DATABASE_URL and the others.',
    )
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
}

/**
 * The database that a command works on, as `pix_app`: the one that DATABASE_URL names, else that of the shop that was
 * last started here.
 *
 * @throws Obstacle where nothing was started yet
 */
export const shopDatabaseUrl = (): string => process.env.DATABASE_URL || keptSettings().DATABASE_URL!
