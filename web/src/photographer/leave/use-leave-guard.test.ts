import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { mount, settled } from '../../base/browser-testing.ts'
import { leaveQuestion, useUnsaved } from '../../base/unsaved.ts'
import { useLeaveGuard } from './use-leave-guard.ts'

let window: EventTarget
beforeEach(() => {
  window = new EventTarget()
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
})
afterEach(() => vi.unstubAllGlobals())

/** The console at the form of one event, in which something is typed or not. */
async function open(typed: () => boolean) {
  const component = { render: () => null }
  const routes = ['/events', '/events/:id'].map(path => ({ path, component }))
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/events/one')
  const shown = mount(() => {
    useLeaveGuard()
    useUnsaved(typed)
    return {}
  }, router)
  const place = () => router.currentRoute.value.fullPath
  return { router, place, [Symbol.dispose]: () => shown[Symbol.dispose]() }
}

test('the copy of an event opens on the same page: what is typed about the first is asked about before', async () => {
  using console = await open(() => true)
  const going = console.router.push('/events/copy')
  await settled()
  expect(console.place()).toBe('/events/one')
  leaveQuestion.value!.answer(false)
  await going
  expect(console.place()).toBe('/events/one')
  const goingAgain = console.router.push('/events/copy')
  await settled()
  leaveQuestion.value!.answer(true)
  await goingAgain
  expect(console.place()).toBe('/events/copy')
})

test('who typed nothing goes on, and filters in the address ask nobody', async () => {
  let typed = false
  using console = await open(() => typed)
  await console.router.push('/events')
  await console.router.push('/events/two')
  typed = true
  await console.router.push('/events/two?tab=crew')
  expect([console.place(), leaveQuestion.value]).toEqual(['/events/two?tab=crew', undefined])
})

/** @returns whether the browser asks */
const leave = () => {
  const leaving = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(leaving)
  return leaving.defaultPrevented
}

test('the browser asks before the whole page is left, and nobody does once the console is', async () => {
  const console = await open(() => true)
  expect(leave()).toBe(true)
  console[Symbol.dispose]()
  expect(leave()).toBe(false)
  await console.router.push('/events')
  expect(console.place()).toBe('/events')
})
