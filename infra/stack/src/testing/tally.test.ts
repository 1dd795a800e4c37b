import { expect, test } from 'vitest'
import { add, failed, failureLines, flakyLines, lastLine, NOTHING, PASSED, reasonsOf, settle } from './tally.ts'

const skipped = (...tests: string[]) => ({
  ...NOTHING,
  skipped: tests.map(name => ({ test: name, reason: 'no S3 server' })),
})

test('the last line sums what ran, failed and was skipped', () => {
  const sum = [PASSED, PASSED, failed('unused code'), skipped('a', 'b')].reduce(add)
  expect(lastLine(sum)).toBe('2 passed, 1 failed, 2 skipped')
})

test('every skipped test is named under its reason', () => {
  expect(reasonsOf(add(skipped('first'), skipped('second', 'third')))).toEqual([
    '3 skipped: no S3 server (first and 2 more)',
  ])
})

const failing = (...tests: string[]) => ({
  ...NOTHING,
  failed: tests.length,
  failures: tests.map(name => ({ file: 'a.int.test.ts', test: name, error: 'expected 1' })),
})

test('a test that passes when it is run again is counted as passed and named as flaky', () => {
  const first = add({ ...NOTHING, passed: 3 }, failing('wobbles', 'is broken'))
  const sum = settle(first, add({ ...NOTHING, passed: 2 }, failing('is broken')))
  expect(lastLine(sum)).toBe('4 passed, 1 failed, 0 skipped')
  expect(flakyLines(sum)).toEqual(['flaky: a.int.test.ts › wobbles (failed once, passed when it was run again alone)'])
})

test('a failure that no test stands for is never forgiven, nor is a second run that breaks off', () => {
  expect(settle(add(failed('unused code'), failing('wobbles')), { ...NOTHING, passed: 1 }).failed).toBe(1)
  expect(settle(failing('wobbles'), failed('unused code'))).toMatchObject({ failed: 2, flaky: [] })
  expect(settle(failing('wobbles'), failing('wobbles', 'fails only now')).failed).toBe(2)
})

test('what failed is named at the end, whether a test stands for it or not', () => {
  expect(failureLines(add(failed('unused code'), failing('is broken')))).toEqual([
    'failed: a.int.test.ts › is broken: expected 1',
    'failed: unused code',
  ])
})
