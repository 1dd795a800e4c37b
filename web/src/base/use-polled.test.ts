import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { browserEvents, settled } from './browser-testing.ts'
import { usePolled } from './use-polled.ts'

await import('../shell/words-testing.ts')

/** What was asked; each answer is given by hand. */
let asked: { answer: (value: string) => Promise<void>; breaks: () => Promise<void>; signal: AbortSignal }[]
let browser: ReturnType<typeof browserEvents>
beforeEach(() => {
  asked = []
  browser = browserEvents()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const ask = (signal: AbortSignal) =>
  new Promise<string>((resolve, reject) => {
    asked.push({
      signal,
      answer: async value => (resolve(value), await settled()),
      breaks: async () => (reject(new Error('no net')), await settled()),
    })
  })

/** Asks again after a second until it is done. */
function open() {
  const scope = effectScope()
  const polled = scope.run(() => usePolled(ask, value => (value === 'done' ? undefined : 1_000)))!
  const shown = () => (polled.state.value.status === 'loaded' ? polled.state.value.value : polled.state.value.status)
  return { ...polled, shown, [Symbol.dispose]: () => scope.stop() }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('it is asked for again while something is expected, one request at a time, and not any more once it is done', async () => {
  using page = open()
  await asked[0]!.answer('drawing')
  await pass(999)
  expect(asked).toHaveLength(1)
  await pass(60_000)
  expect([page.shown(), asked.length]).toEqual(['drawing', 2])
  await asked[1]!.answer('done')
  await pass(60_000)
  expect([page.shown(), asked.length]).toEqual(['done', 2])
})

test('a request that fails leaves what is there, and it is asked for again', async () => {
  using page = open()
  await asked[0]!.answer('drawing')
  await pass(1_000)
  await asked[1]!.breaks()
  expect(page.shown()).toBe('drawing')
  await pass(1_000)
  await asked[2]!.answer('done')
  expect(page.shown()).toBe('done')
})

test('what was done meanwhile is not undone by an answer to a request from before', async () => {
  using page = open()
  await asked[0]!.answer('drawing')
  await pass(1_000)
  page.show('asked anew')
  await asked[1]!.answer('done')
  expect([page.shown(), asked[1]!.signal.aborted]).toEqual(['asked anew', true])
  await pass(1_000)
  await asked[2]!.answer('done')
  expect(page.shown()).toBe('done')
})

test('a page that is left asks for nothing any more, neither when its answer comes nor when that fails', async () => {
  for (const ends of ['answer', 'breaks'] as const) {
    asked = []
    const page = open()
    await asked[0]!.answer('drawing')
    await pass(1_000)
    page[Symbol.dispose]()
    await asked[1]![ends]('drawing')
    page.show('drawing')
    await pass(60_000)
    expect(asked).toHaveLength(2)
  }
})

test('a page in the background asks for nothing, and goes on once it is back', async () => {
  using page = open()
  await asked[0]!.answer('drawing')
  await browser.show('hidden')
  await pass(60_000)
  expect(asked).toHaveLength(1)
  await browser.show('visible')
  await pass(1_000)
  await asked[1]!.answer('done')
  expect(page.shown()).toBe('done')
})

test('what cannot be had at first is said, and asked for again by hand', async () => {
  using page = open()
  await asked[0]!.breaks()
  await pass(60_000)
  expect([page.shown(), asked.length]).toEqual(['failed', 1])
  void page.load()
  await asked[1]!.answer('done')
  expect(page.shown()).toBe('done')
})

test('it can be asked for at once, and the next request waits from then', async () => {
  using page = open()
  await asked[0]!.answer('drawing')
  await pass(900)
  void page.look()
  await pass(900)
  expect(asked).toHaveLength(2)
  await asked[1]!.answer('drawing')
  await pass(999)
  expect(asked).toHaveLength(2)
  await pass(1)
  expect(asked).toHaveLength(3)
})
