import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBreaker } from './breaker.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => vi.useRealTimers())

test('three silences in a row open it; an answer between them does not', () => {
  const breaker = createBreaker(3, 1_000)
  breaker.silent()
  breaker.silent()
  breaker.answered()
  breaker.silent()
  breaker.silent()
  expect(breaker.allows()).toBe(true)
  breaker.silent()
  expect(breaker.allows()).toBe(false)
})

test('while it is open one trial passes after each pause, and an answer to it closes it', () => {
  const breaker = createBreaker(1, 1_000)
  breaker.silent()
  vi.advanceTimersByTime(1_000)
  expect([breaker.allows(), breaker.allows()]).toEqual([true, false])
  breaker.silent()
  vi.advanceTimersByTime(999)
  expect(breaker.allows()).toBe(false)
  vi.advanceTimersByTime(1)
  expect(breaker.allows()).toBe(true)
  breaker.answered()
  expect([breaker.allows(), breaker.allows()]).toEqual([true, true])
})
