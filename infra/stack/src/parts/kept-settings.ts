import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startFolders } from '../base/paths.ts'
import { Obstacle } from '../base/say.ts'

/** In the data folder: how commands reach the shop's stores. Only this user reads them. */
export const WORKER_ENVIRONMENT = 'worker-environment.json'
export const API_ENVIRONMENT = 'api-environment.json'

/** Writes the settings that a program was started with, for commands that come later. */
export const keepSettings = (folder: string, name: string, environment: Record<string, string>): void =>
  writeFileSync(join(folder, name), JSON.stringify(environment), { mode: 0o600 })

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
