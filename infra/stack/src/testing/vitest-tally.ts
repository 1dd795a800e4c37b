import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import { ROOT } from '../base/paths.ts'
import { NOTHING } from './tally.ts'
import type { Tally } from './tally.ts'

/** Writes what one vitest run counted to the file in PIX_TALLY, with the reason that each skipped test gave. */
// Vitest loads reporters by their default export.
// oxlint-disable-next-line import/no-default-export
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const others = unhandled.map(error => `an error outside of any test: ${firstLine([error])}`)
    const tally: Tally = { ...structuredClone(NOTHING), failed: others.length, others }
    for (const module of modules) count(module, tally)
    writeFileSync(process.env.PIX_TALLY!, JSON.stringify(tally))
  }
}

function count(module: TestModule, tally: Tally): void {
  const fail = (test: string, errors: readonly unknown[]) => {
    tally.failed++
    tally.failures.push({ file: module.relativeModuleId, test, error: firstLine(errors) })
  }
  // A file that cannot be loaded, or a set-up that throws, has no failing test to show for it.
  if (module.errors().length > 0) fail('', module.errors())
  for (const suite of module.children.allSuites()) if (suite.errors().length > 0) fail(suite.fullName, suite.errors())
  for (const test of module.children.allTests()) {
    const result = test.result()
    if (result.state === 'passed') tally.passed++
    else if (result.state === 'failed') fail(test.fullName, result.errors)
    else
      tally.skipped.push({
        test: `${module.relativeModuleId} › ${test.fullName}`,
        reason: ('note' in result && result.note) || reasonIn(test.fullName),
      })
  }
}

const firstLine = ([error]: readonly unknown[]): string =>
  String((error as Error | undefined)?.message ?? error)
    .split('\n')[0]!
    .slice(0, 300)

/** `… [skipped: why]` in a suite's or test's name; else what this machine lacks that tests ask for. */
function reasonIn(name: string): string {
  const lacking = [
    ...(existsSync(join(ROOT, '../shared/data')) ? [] : ['the test data ../shared']),
    ...(process.env.TEST_S3_ENDPOINT ? [] : ['an S3 server']),
  ]
  const guess = lacking.length > 0 ? `needs ${lacking.join(' or ')}, not on this machine` : 'no reason given'
  return /\[skipped: ([^\]]+)\]/.exec(name)?.[1] ?? guess
}
