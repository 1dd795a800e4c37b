import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inTime } from './in-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what comes in time is the answer; what is late or fails is none', async () => {
  expect(await inTime(Promise.resolve('an answer'), 4_000)).toBe('an answer')
  expect(await inTime(Promise.reject(new Error('no line')), 4_000)).toBe(null)
  const late = inTime(new Promise(resolve => setTimeout(resolve, 4_001, 'late')), 4_000)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(await late).toBe(null)
  expect(vi.getTimerCount()).toBe(1)
})
