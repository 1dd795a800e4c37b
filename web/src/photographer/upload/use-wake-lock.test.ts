import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { browserEvents, settled } from '../../base/browser-testing.ts'
import { useWakeLock } from './use-wake-lock.ts'

/** The locks of a browser: each request waits for its answer. */
interface Lock {
  released: boolean
  release: () => Promise<void>
}
let requests: { allow: () => Promise<Lock>; refuse: () => Promise<void> }[]
let given: Lock[]
let browser: ReturnType<typeof browserEvents>
beforeEach(() => {
  requests = []
  given = []
  browser = browserEvents()
  const request = () =>
    new Promise<Lock>((resolve, reject) => {
      requests.push({
        async allow() {
          const lock: Lock = { released: false, release: async () => void (lock.released = true) }
          given.push(lock)
          resolve(lock)
          await settled()
          return lock
        },
        async refuse() {
          reject(new Error('NotAllowedError'))
          await settled()
        },
      })
    })
  vi.stubGlobal('navigator', { wakeLock: { request } })
})
afterEach(() => vi.unstubAllGlobals())

function open(is = true) {
  const wanted = ref(is)
  const scope = effectScope()
  scope.run(() => useWakeLock(() => wanted.value))
  return { wanted, [Symbol.dispose]: () => scope.stop() }
}
const held = () => given.filter(({ released }) => !released).length

test('the screen stays on while it is wanted, and no longer', async () => {
  using page = open(false)
  expect(requests).toHaveLength(0)
  page.wanted.value = true
  await nextTick()
  await requests[0]!.allow()
  expect(held()).toBe(1)
  page.wanted.value = false
  await nextTick()
  await settled()
  expect(held()).toBe(0)
})

test('a person who comes back while a lock is asked for does not leave one behind that nobody gives back', async () => {
  using page = open()
  await browser.show('hidden')
  await browser.show('visible')
  for (const request of requests) await request.allow()
  page.wanted.value = false
  await nextTick()
  await settled()
  expect(held()).toBe(0)
})

test('a lock that comes when it is not wanted any more, or after the page was left, is given back', async () => {
  const page = open()
  page.wanted.value = false
  await nextTick()
  await requests[0]!.allow()
  expect(held()).toBe(0)
  page.wanted.value = true
  await nextTick()
  page[Symbol.dispose]()
  await requests[1]!.allow()
  expect(held()).toBe(0)
})

test('a lock that the browser ended in the background is asked for again, and a refusal leaves the page at work', async () => {
  using _ = open()
  const lock = await requests[0]!.allow()
  lock.released = true
  await browser.show('hidden')
  expect(requests).toHaveLength(1)
  await browser.show('visible')
  await requests[1]!.refuse()
  await browser.show('visible')
  await requests[2]!.allow()
  expect(held()).toBe(1)
})
