import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pendingPath } from '../ui/pending-path.ts'
import { showWaiting } from './show-waiting.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A shop whose second page loads when the test calls `come`. */
async function shop() {
  const page = { render: () => null }
  let promised: { come: (page: object) => void; fail: (error: Error) => void } | undefined
  const slow = () => new Promise<object>((come, fail) => (promised = { come, fail }))
  const routes = [
    { path: '/', component: page },
    { path: '/slow', component: slow },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  showWaiting(router)
  await router.push('/')
  return { router, come: () => promised?.come(page), fail: () => promised?.fail(new Error('gone')) }
}

test('a page that loads slowly is shown as pending after 200 ms, until it is there', async () => {
  const { router, come } = await shop()
  const going = router.push('/slow?a=1')
  await vi.advanceTimersByTimeAsync(199)
  expect(pendingPath.value).toBeNull()
  await vi.advanceTimersByTimeAsync(1)
  expect(pendingPath.value).toBe('/slow?a=1')
  come()
  await going
  expect(pendingPath.value).toBeNull()
})

test('a page that cannot come is not waited for', async () => {
  const { router, fail } = await shop()
  const going = router.push('/slow').catch(() => undefined)
  await vi.advanceTimersByTimeAsync(300)
  expect(pendingPath.value).toBe('/slow')
  fail()
  await going
  expect(pendingPath.value).toBeNull()
})

test('a page that is there at once is never waited for', async () => {
  const { router, come } = await shop()
  const going = router.push('/slow')
  await vi.advanceTimersByTimeAsync(50)
  come()
  await going
  await vi.advanceTimersByTimeAsync(1_000)
  expect(pendingPath.value).toBeNull()
})
