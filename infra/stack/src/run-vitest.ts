import { execa } from 'execa'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './paths.ts'
import { FAILED } from './tally.ts'
import type { Tally } from './tally.ts'

/** Runs one project of vitest.config.ts. A run that ends without counting is one failure. */
export async function runVitest(project: 'unit' | 'int' | 'e2e', env: Record<string, string>): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-'))
  const file = join(folder, 'tally.json')
  const args = [
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=default',
    `--reporter=${join(import.meta.dirname, 'vitest-tally.ts')}`,
  ]
  await execa(join(ROOT, 'node_modules/.bin/vitest'), args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, PIX_TALLY: file },
    reject: false,
  })
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tally
  } catch {
    return FAILED
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
