import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRightOfWay } from './right-of-way.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Everybody a visitor of their own, in one network or another. */
const from = (name: string, network = name) => ({ visitor: name, network })

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
  way.enter('a', from('a'))
  way.enter('b', from('b'))
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
  way.enter('lost', from('lost'))
  await vi.advanceTimersByTimeAsync(2_000)
  await expect(way.yielding()()).resolves.toBeUndefined()
})

test('one file waits a second in all, however many search; the next one waits again', async () => {
  const way = createRightOfWay()
  const next = way.yielding()
  for (let n = 0; n < 4; n++) {
    way.enter(`search ${n}`, from(`search ${n}`))
    const turn = watch(next())
    await vi.advanceTimersByTimeAsync(250)
    way.leave(`search ${n}`)
    await vi.advanceTimersByTimeAsync(0)
    expect(turn.come).toBe(true)
  }
  way.enter('one more', from('one more'))
  await next()
  const other = watch(way.yielding()())
  await vi.advanceTimersByTimeAsync(999)
  expect(other.come).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(other.come).toBe(true)
})

/** For how long of a minute an upload that has just come would stand still. */
async function heldUpMs(way: ReturnType<typeof createRightOfWay>, enter: (n: number) => void): Promise<number> {
  let held = 0
  for (let ms = 0; ms < 50_000; ms += 250) {
    enter(ms / 250)
    const turn = watch(way.yielding()())
    await vi.advanceTimersByTimeAsync(0)
    if (!turn.come) held += 250
    await vi.advanceTimersByTimeAsync(250)
  }
  return held
}

test('one visitor who searches without a pause is made way for no longer than 6 s of a minute', async () => {
  const way = createRightOfWay()
  const held = await heldUpMs(way, n => way.enter(`search ${n}`, from('one')))
  expect(held).toBeLessThanOrEqual(6_250)
  expect(held).toBeGreaterThan(3_000)
  await vi.advanceTimersByTimeAsync(60_000)
  way.enter('in the next minute', from('one'))
  const turn = watch(way.yielding()())
  await vi.advanceTimersByTimeAsync(0)
  expect(turn.come).toBe(false)
})

test('a network whose every search comes with a new cookie is not made way for without end', async () => {
  const way = createRightOfWay()
  const held = await heldUpMs(way, n => way.enter(`search ${n}`, from(`visitor ${n}`, 'one address')))
  expect(held).toBeLessThan(20_000)
})
