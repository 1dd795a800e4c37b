import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRightOfWay } from './right-of-way.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Whether what an upload waits for has come. */
function watch(turn: Promise<void>) {
  const seen = { come: false }
  void turn.then(() => (seen.come = true))
  return seen
}

test('an upload goes on at once while nobody waits', async () => {
  await expect(createRightOfWay().yielding()()).resolves.toBeUndefined()
})

test('an upload stands still until the last of those who wait has an answer', async () => {
  const way = createRightOfWay()
  way.enter('a')
  way.enter('b')
  const turn = watch(way.yielding()())
  way.leave('a')
  way.leave('never there')
  await vi.advanceTimersByTimeAsync(900)
  expect(turn.come).toBe(false)
  way.leave('b')
  await vi.advanceTimersByTimeAsync(0)
  expect(turn.come).toBe(true)
})

test('whoever never gets an answer is made way for only so long', async () => {
  const way = createRightOfWay()
  way.enter('lost')
  await vi.advanceTimersByTimeAsync(2_000)
  await expect(way.yielding()()).resolves.toBeUndefined()
})

test('one file waits a second in all, however many search; the next one waits again', async () => {
  const way = createRightOfWay()
  const next = way.yielding()
  for (let n = 0; n < 4; n++) {
    way.enter(`search ${n}`)
    const turn = watch(next())
    await vi.advanceTimersByTimeAsync(250)
    way.leave(`search ${n}`)
    await vi.advanceTimersByTimeAsync(0)
    expect(turn.come).toBe(true)
  }
  way.enter('one more')
  await next()
  const other = watch(way.yielding()())
  await vi.advanceTimersByTimeAsync(999)
  expect(other.come).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(other.come).toBe(true)
})
