import { execa } from 'execa'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { ROOT } from '../base/paths.ts'
import { add, failed, NOTHING, PASSED } from './tally.ts'
import type { Tally } from './tally.ts'

const WHERE = ['packages', 'services', 'web/src', 'infra', 'bench', 'e2e']

interface Outcome {
  passed: boolean
  printed: string
}

/** What is checked without running the shop. */
const CHECKS: Record<string, () => Promise<Outcome>> = {
  types: () => tool('tsc', '-p', 'tsconfig.json'),
  'types of the web': () => tool('vue-tsc', '--noEmit', '-p', 'web/tsconfig.json'),
  lint: () => tool('oxlint', '--deny-warnings'),
  format: () => tool('oxfmt', '--check'),
  'dependency rules': () => tool('depcruise', '--config', '.dependency-cruiser.mjs', ...WHERE),
  'unused code': () => tool('knip'),
  'migrations say what the schema says': checkMigrations,
}

/** Each program works on one core. */
const AT_A_TIME = 2

/** Runs every check, each counted as one test; what a failing one printed is shown. */
export async function runStaticChecks(): Promise<Tally> {
  let sum = NOTHING
  const waiting = Object.entries(CHECKS).values()
  const work = async () => {
    for (const [name, check] of waiting) {
      const began = Date.now()
      const { passed, printed } = await check()
      console.log(`  ${passed ? 'passed' : 'FAILED'}  ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
      if (!passed) console.log(printed)
      sum = add(sum, passed ? PASSED : failed(name))
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  return sum
}

async function tool(program: string, ...args: string[]): Promise<Outcome> {
  const { exitCode, all } = await execa(join(ROOT, 'node_modules/.bin', program), args, {
    cwd: ROOT,
    all: true,
    reject: false,
  })
  return { passed: exitCode === 0, printed: all }
}

/** Generates into a copy: a schema that changed without its migration would add a file there. */
async function checkMigrations(): Promise<Outcome> {
  const cwd = join(ROOT, 'packages/db')
  const copy = mkdtempSync(join(tmpdir(), 'migrations-'))
  try {
    cpSync(join(cwd, 'migrations'), copy, { recursive: true })
    const before = readdirSync(copy).length
    const args = [
      'generate',
      '--dialect',
      'postgresql',
      '--schema',
      'src/schema/index.ts',
      '--out',
      relative(cwd, copy),
    ]
    const { exitCode, all } = await execa(join(cwd, 'node_modules/.bin/drizzle-kit'), args, {
      cwd,
      all: true,
      reject: false,
    })
    return { passed: exitCode === 0 && readdirSync(copy).length === before, printed: all }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
