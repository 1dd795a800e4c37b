import { afterEach, expect, test, vi } from 'vitest'
import { learnServerTime, serverNow } from './server-time.ts'

const answer = (at: number, cacheControl = 'no-store') =>
  new Response('{}', { headers: { date: new Date(at).toUTCString(), 'cache-control': cacheControl } })
const REAL = Date.parse('2026-11-25T12:00:00Z')
const HOUR = 3_600_000
afterEach(() => {
  vi.useRealTimers()
  learnServerTime(answer(Date.now()))
})

test.each([5 * HOUR, -26 * HOUR, 0])('a phone whose clock is wrong by %d ms knows the server’s time', wrongMs => {
  vi.useFakeTimers({ now: REAL + wrongMs })
  learnServerTime(answer(REAL))
  expect(Math.abs(serverNow() - REAL)).toBeLessThanOrEqual(1_000)
  vi.setSystemTime(REAL + wrongMs + 60_000)
  expect(Math.abs(serverNow() - REAL - 60_000)).toBeLessThanOrEqual(1_000)
})

test('an answer that may come out of a cache teaches nothing', () => {
  vi.useFakeTimers({ now: REAL })
  learnServerTime(answer(REAL))
  learnServerTime(answer(REAL - HOUR, 'public, no-cache'))
  learnServerTime(new Response('{}', { headers: { 'cache-control': 'no-store' } }))
  expect(Math.abs(serverNow() - REAL)).toBeLessThanOrEqual(1_000)
})
