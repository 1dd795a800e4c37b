import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { learnServerTime } from '../../../base/server-time.ts'
import { clock, useCountdown } from './use-countdown.ts'

const NOW = Date.parse('2026-11-27T10:00:00Z')
const answeredAt = (ms: number) =>
  learnServerTime(new Response(null, { headers: { date: new Date(ms).toUTCString(), 'cache-control': 'no-store' } }))

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => {
  answeredAt(Date.now())
  vi.useRealTimers()
})

test('on a phone whose clock is ten minutes late the time that the server gives is left, and it ends at nothing', () => {
  const until = ref<string>()
  const scope = effectScope()
  const left = scope.run(() => useCountdown(() => until.value))!
  expect(left.value).toBe(0)
  answeredAt(NOW + 10 * 60_000)
  until.value = '2026-11-27T10:11:00Z'
  vi.advanceTimersByTime(1_000)
  expect(Math.round(left.value / 1_000)).toBe(59)
  vi.advanceTimersByTime(120_000)
  expect(left.value).toBe(0)
  scope.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('the last second is shown as one until it is over', () => {
  expect([872_000, 60_000, 59_001, 1, 0].map(clock)).toEqual(['14:32', '1:00', '1:00', '0:01', '0:00'])
})
