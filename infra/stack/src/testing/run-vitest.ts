import { execa } from 'execa'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../base/paths.ts'
import { say } from '../base/say.ts'
import { add, failed, NOTHING, settle } from './tally.ts'
import type { Tally } from './tally.ts'

/** Projects of vitest.config.ts, by their name or a pattern of it. */
type Project = 'unit*' | 'int' | 'long' | 'e2e'

/**
 * Runs projects of vitest.config.ts. A run that ends without counting is one failure. What tests leave in the folder for
 * temporary files goes with the run: pictures of faces are among it.
 *
 * @param files only these, by their paths in the checkout; all when left out
 */
export async function runVitest(
  project: Project,
  env: Record<string, string>,
  files: readonly string[] = [],
): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'thepixstock-tests-'))
  chmodSync(folder, 0o711) // PostgreSQL's user passes through it
  const file = join(folder, 'tally.json')
  const args = [
    'run',
    ...files,
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=default',
    `--reporter=${join(import.meta.dirname, 'vitest-tally.ts')}`,
  ]
  await execa(join(ROOT, 'node_modules/.bin/vitest'), args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, PIX_TALLY: file, TMPDIR: folder },
    reject: false,
  })
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tally
  } catch {
    return failed(`a run of ${project} that broke off: ${files.join(', ') || 'all files'}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Runs a project, then each file that had a failure once more, by itself: a test that passes only then is flaky, which
 * does not fail the run and is named at its end.
 */
export async function runVitestTwice(project: Project, env: Record<string, string>): Promise<Tally> {
  const first = await runVitest(project, env)
  const files = [...new Set(first.failures.map(({ file }) => file))]
  if (files.length === 0) return first
  let again = NOTHING
  for (const file of files) {
    say(`${file} had a failure and is run once more, alone`)
    again = add(again, await runVitest(project, env, [file]))
  }
  return settle(first, again)
}
