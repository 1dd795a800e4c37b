import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, browserEvents, mount } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useQueues } = await import('./use-queues.ts')

let asked: Asked[]
let browser: ReturnType<typeof browserEvents>
beforeEach(() => {
  browser = browserEvents()
  asked = apiByHand()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const QUEUES = '/api/admin/queues'
const SWEEPS = '/api/admin/sweeps'
const answer = async (path: string, items: object[]) => {
  const waiting = asked.findLast(one => one.path === path)!
  await waiting.answer({ items })
}
const counts = () => [QUEUES, SWEEPS].map(path => asked.filter(one => one.path === path).length)
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('both lists are asked for again by themselves while the page is looked at, and say of when they are', async () => {
  using page = mount(useQueues)
  await answer(QUEUES, [{ queue: 'photos-process', waiting: 9 }])
  await answer(SWEEPS, [])
  const first = page.at.value
  await pass(5_000)
  await answer(QUEUES, [{ queue: 'photos-process', waiting: 2 }])
  expect([counts(), page.queues.state.value]).toMatchObject([[2, 2], { value: [{ waiting: 2 }] }])
  expect(page.at.value!.getTime() - first!.getTime()).toBe(5_000)

  await browser.show('hidden')
  await pass(60_000)
  expect(counts()[0]).toBe(2)
})

test('lists that do not come stay as they were, with the time of that', async () => {
  using page = mount(useQueues)
  await answer(QUEUES, [{ queue: 'photos-process', waiting: 9 }])
  const first = page.at.value
  await pass(5_000)
  await asked.findLast(one => one.path === QUEUES)!.breaks()
  expect([page.queues.state.value.status, page.at.value]).toEqual(['loaded', first])
  await pass(5_000)
  expect(counts()[0]).toBe(3)
})
