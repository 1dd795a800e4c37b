import { ProblemError } from '@pix/contracts/client.ts'
import { afterEach, expect, test, vi } from 'vitest'

// Node has no storage; the words are read with what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { formatWait } = await import('../../base/i18n/format.ts')
const { changeLocale } = await import('../../base/i18n/index.ts')
await import('../../shell/words-testing.ts')
const { toSelfieProblem } = await import('./selfie-problem.ts')

afterEach(() => vi.useRealTimers())

test.each([
  ['rate_limited', 'too_fast', 20],
  ['too_many_people', 'too_many', 40_000],
] as const)('a refusal that says when it ends is counted down: %s', (code, cause, retryAfter) => {
  vi.useFakeTimers({ now: 1_000 })
  const problem = toSelfieProblem(new ProblemError({ code, status: 429 }, retryAfter))
  expect(problem).toMatchObject({ kind: 'request', cause, retryAt: 1_000 + retryAfter * 1_000 })
})

test('a long wait is shown in hours and minutes, a short one in seconds, never less than is left', async () => {
  const waits = [1, 59, 60, 61, 3_540, 3_541, 7_200, 40_000]
  await changeLocale('en')
  expect(waits.map(formatWait)).toEqual([
    '1 second',
    '59 seconds',
    '1 minute',
    '2 minutes',
    '59 minutes',
    '1 hour',
    '2 hours',
    '11 hours 7 minutes',
  ])
  await changeLocale('th')
  expect(formatWait(40_000)).toBe('11 ชั่วโมง 7 นาที')
})
