import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasFaceWeights } from '../parts/face-weights.ts'
import { ROOT } from '../base/paths.ts'
import { Obstacle, say } from '../base/say.ts'

/** Everything that ends up in the browser's code. */
const SOURCES = [
  'web/src',
  'web/public',
  'web/vite',
  'web/index.html',
  'web/vite.config.ts',
  'web/package.json',
  'packages/contracts/src',
  'packages/domain/src',
  'packages/faces/src',
  'pnpm-lock.yaml',
]

/**
 * Builds web/dist for production when its sources changed since the last time, or the weights of its face models came.
 *
 * @returns the folder to serve
 */
export async function buildWeb(): Promise<string> {
  const folder = join(ROOT, 'web/dist')
  const mark = join(ROOT, 'web/node_modules/.built-from')
  const state = `${hashOf(SOURCES)} ${(await hasFaceWeights()) ? 'with' : 'without'} the weights of sface`
  if (existsSync(join(folder, 'index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === state) return folder
  say('web: building for production')
  const vite = join(ROOT, 'web/node_modules/vite/bin/vite.js')
  const { exitCode, all } = await execa(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'web'),
    // Whatever the shell says: the libraries' builds for development are larger and read storage that may be blocked.
    env: { NODE_ENV: 'production' },
    all: true,
    reject: false,
  })
  if (exitCode !== 0) throw new Obstacle(`The web could not be built:\n${all}`)
  writeFileSync(mark, state)
  return folder
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    const full = join(ROOT, path)
    if (!existsSync(full)) continue
    const files = path.includes('.')
      ? [full]
      : readdirSync(full, { recursive: true, withFileTypes: true })
          .filter(entry => entry.isFile())
          .map(entry => join(entry.parentPath, entry.name))
          .sort()
    for (const file of files) hash.update(`${file.slice(ROOT.length)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}
