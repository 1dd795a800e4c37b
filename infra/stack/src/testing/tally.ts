/** One test that failed, or a file that could not be loaded: then `test` is empty. */
export interface Failure {
  file: string
  test: string
  /** The first line of its first error. */
  error: string
}

export interface Tally {
  passed: number
  failed: number
  skipped: { test: string; reason: string }[]
  /** Those of the failed that can be run again. */
  failures: Failure[]
  /** What failed and cannot be run again by itself: a check, a run that broke off, an error outside of any test. */
  others: string[]
  /** Tests that failed once and passed when they were run again, alone. */
  flaky: string[]
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: [], failures: [], others: [], flaky: [] }
export const PASSED: Tally = { ...NOTHING, passed: 1 }
/** One failure that no test stands for. */
export const failed = (what: string): Tally => ({ ...NOTHING, failed: 1, others: [what] })

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: [...a.skipped, ...b.skipped],
  failures: [...a.failures, ...b.failures],
  others: [...a.others, ...b.others],
  flaky: [...a.flaky, ...b.flaky],
})

const nameOf = ({ file, test }: Pick<Failure, 'file' | 'test'>): string => (test === '' ? file : `${file} › ${test}`)

/**
 * What counts after the files with a failure were run once more: the last run of a test decides. When that run broke
 * off, nothing is forgiven.
 */
export function settle(first: Tally, again: Tally): Tally {
  const still = new Set(again.failures.map(nameOf))
  const before = new Set(first.failures.map(nameOf))
  const brokenOff = again.failed - again.failures.length
  const recovered = brokenOff > 0 ? [] : [...before].filter(name => !still.has(name))
  const worsened = [...still].filter(name => !before.has(name))
  return {
    ...first,
    passed: first.passed + recovered.length - worsened.length,
    failed: first.failed - recovered.length + worsened.length + brokenOff,
    failures: again.failures,
    others: [...first.others, ...again.others],
    flaky: [...first.flaky, ...recovered],
  }
}

/** Each reason once, with the tests it kept from running. */
export function reasonsOf({ skipped }: Tally): string[] {
  const byReason = new Map<string, string[]>()
  for (const { test, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), test])
  return [...byReason].map(
    ([reason, tests]) =>
      `${tests.length} skipped: ${reason} (${tests[0]}${tests.length > 1 ? ` and ${tests.length - 1} more` : ''})`,
  )
}

/** A line for each failure: CI keeps the end of what a run prints. */
export const failureLines = ({ failures, others }: Tally): string[] => [
  ...failures.map(failure => `failed: ${nameOf(failure)}: ${failure.error}`),
  ...others.map(what => `failed: ${what}`),
]

/** A line for each test that passed only when it was run again. */
export const flakyLines = ({ flaky }: Tally): string[] =>
  flaky.map(name => `flaky: ${name} (failed once, passed when it was run again alone)`)

/** What `npm test` ends with. */
export const lastLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped.length} skipped`
