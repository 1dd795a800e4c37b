export interface Tally {
  passed: number
  failed: number
  skipped: { test: string; reason: string }[]
}

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: [...a.skipped, ...b.skipped],
})

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: [] }
export const PASSED: Tally = { ...NOTHING, passed: 1 }
export const FAILED: Tally = { ...NOTHING, failed: 1 }

/** Each reason once, with the tests it kept from running. */
export function reasonsOf({ skipped }: Tally): string[] {
  const byReason = new Map<string, string[]>()
  for (const { test, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), test])
  return [...byReason].map(
    ([reason, tests]) =>
      `${tests.length} skipped: ${reason} (${tests[0]}${tests.length > 1 ? ` and ${tests.length - 1} more` : ''})`,
  )
}

/** What `npm test` ends with. */
export const lastLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped.length} skipped`
