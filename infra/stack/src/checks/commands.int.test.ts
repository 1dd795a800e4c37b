import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execa } from 'execa'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
/** Take no option; `preview-letters.test.ts` and `draw-document.test.ts` make what they write. */
const WITHOUT_OPTIONS = ['documents', 'letters']
const COMMANDS = Object.entries(scripts).flatMap(([name, script]) => {
  const [, command, given] = /bootstrap\.mjs (start|test|reset|run)(?: (\S+))?$/.exec(script) ?? []
  const file = given ?? (command && `infra/stack/src/${command}.ts`)
  return file && !WITHOUT_OPTIONS.includes(name) ? [{ name, file }] : []
})

// The figures of the documents are made by these commands, which take too long for every test run.
test.each(COMMANDS)('npm run $name begins, and refuses an option that it does not know', async ({ file }) => {
  const args = [...TYPESCRIPT, file, '--no-such-option']
  const { exitCode, all } = await execa(process.execPath, args, {
    cwd: ROOT,
    all: true,
    reject: false,
    stdin: 'ignore',
    // One that took the option for something else would find nothing there.
    env: { PIX_DATA: join(tmpdir(), 'pix-no-such-data') },
  })
  expect(all).toContain('--no-such-option')
  expect(exitCode).toBeGreaterThan(0)
})

test('npm test refuses a step that it does not know', async () => {
  const { exitCode, all } = await execa(process.execPath, [...TYPESCRIPT, 'infra/stack/src/test.ts', 'statik'], {
    cwd: ROOT,
    all: true,
    reject: false,
  })
  expect(all).toContain('No step is called statik')
  expect(exitCode).toBeGreaterThan(0)
})
