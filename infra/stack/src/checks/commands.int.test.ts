import { execa } from 'execa'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
/** Take no option; `preview-letters.test.ts` and `draw-document.test.ts` make what they write. */
const WITHOUT_OPTIONS = ['documents', 'letters']
const COMMANDS = Object.entries(scripts).flatMap(([name, script]) => {
  const [, file] = /bootstrap\.mjs run (\S+)$/.exec(script) ?? []
  return file && !WITHOUT_OPTIONS.includes(name) ? [{ name, file }] : []
})

// The figures of the documents are made by these commands, which take too long for every test run.
test.each(COMMANDS)('npm run $name begins, and refuses an option that it does not know', async ({ file }) => {
  const args = ['--import', 'tsx', file, '--no-such-option']
  const { exitCode, all } = await execa(process.execPath, args, {
    cwd: ROOT,
    all: true,
    reject: false,
    stdin: 'ignore',
  })
  expect(all).toContain('--no-such-option')
  expect(exitCode).toBeGreaterThan(0)
})
