import { expect, test } from 'vitest'
import { add, FAILED, lastLine, PASSED, reasonsOf } from './tally.ts'

const skipped = (...tests: string[]) => ({
  passed: 0,
  failed: 0,
  skipped: tests.map(name => ({ test: name, reason: 'no S3 server' })),
})

test('the last line sums what ran, failed and was skipped', () => {
  const sum = [PASSED, PASSED, FAILED, skipped('a', 'b')].reduce(add)
  expect(lastLine(sum)).toBe('2 passed, 1 failed, 2 skipped')
})

test('every skipped test is named under its reason', () => {
  expect(reasonsOf(add(skipped('first'), skipped('second', 'third')))).toEqual([
    '3 skipped: no S3 server (first and 2 more)',
  ])
})
