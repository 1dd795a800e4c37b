import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSearchPriority } from './search-priority.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Everybody a visitor of their own, in one network or another. */
const from = (name: string, network = name) => ({ visitor: name, network })

/** Whether what an upload waits for has come. */
function watch(pause: Promise<void>) {
  const seen = { come: false }
  void pause.then(() => (seen.come = true))
  return seen
}

test('an upload goes on at once while nobody searches', async () => {
  await expect(createSearchPriority().pauses()()).resolves.toBeUndefined()
})

test('an upload pauses until the last search has its answer', async () => {
  const priority = createSearchPriority()
  priority.begin('a', from('a'))
  priority.begin('b', from('b'))
  const pause = watch(priority.pauses()())
  priority.end('a')
  priority.end('never there')
  await vi.advanceTimersByTimeAsync(900)
  expect(pause.come).toBe(false)
  priority.end('b')
  await vi.advanceTimersByTimeAsync(0)
  expect(pause.come).toBe(true)
})

test('a search that never gets an answer goes first for only so long', async () => {
  const priority = createSearchPriority()
  priority.begin('lost', from('lost'))
  await vi.advanceTimersByTimeAsync(2_000)
  await expect(priority.pauses()()).resolves.toBeUndefined()
})

test('one file waits a second in all, however many search; the next one waits again', async () => {
  const priority = createSearchPriority()
  const next = priority.pauses()
  for (let n = 0; n < 4; n++) {
    priority.begin(`search ${n}`, from(`search ${n}`))
    const pause = watch(next())
    await vi.advanceTimersByTimeAsync(250)
    priority.end(`search ${n}`)
    await vi.advanceTimersByTimeAsync(0)
    expect(pause.come).toBe(true)
  }
  priority.begin('one more', from('one more'))
  await next()
  const other = watch(priority.pauses()())
  await vi.advanceTimersByTimeAsync(999)
  expect(other.come).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(other.come).toBe(true)
})

/** For how long of a minute an upload that has just come would stand still. */
async function heldUpMs(
  priority: ReturnType<typeof createSearchPriority>,
  enter: (n: number) => void,
): Promise<number> {
  let held = 0
  for (let ms = 0; ms < 50_000; ms += 250) {
    enter(ms / 250)
    const pause = watch(priority.pauses()())
    await vi.advanceTimersByTimeAsync(0)
    if (!pause.come) held += 250
    await vi.advanceTimersByTimeAsync(250)
  }
  return held
}

test('one visitor who searches without a pause goes first for no longer than 6 s of a minute', async () => {
  const priority = createSearchPriority()
  const held = await heldUpMs(priority, n => priority.begin(`search ${n}`, from('one')))
  expect(held).toBeLessThanOrEqual(6_250)
  expect(held).toBeGreaterThan(3_000)
  await vi.advanceTimersByTimeAsync(60_000)
  priority.begin('in the next minute', from('one'))
  const pause = watch(priority.pauses()())
  await vi.advanceTimersByTimeAsync(0)
  expect(pause.come).toBe(false)
})

test('a network whose every search comes with a new cookie does not go first without end', async () => {
  const priority = createSearchPriority()
  const held = await heldUpMs(priority, n => priority.begin(`search ${n}`, from(`visitor ${n}`, 'one address')))
  expect(held).toBeLessThan(20_000)
})
