import { afterEach, expect, test, vi } from 'vitest'
import { mayReload } from './may-reload.ts'

afterEach(() => vi.unstubAllGlobals())

/** The page's window: what it holds refuses to be left, or nothing does. */
function onWindow(refuse: boolean): void {
  const target = new EventTarget()
  target.addEventListener('beforeunload', leaving => (refuse ? leaving.preventDefault() : undefined))
  vi.stubGlobal('dispatchEvent', (event: Event) => target.dispatchEvent(event))
}

test('a page may be loaded anew unless something is paid on it, or leaving it would lose something', () => {
  onWindow(false)
  expect([mayReload({}), mayReload({ bareHeader: true })]).toEqual([true, false])
  onWindow(true)
  expect([mayReload({}), mayReload({ bareHeader: true })]).toEqual([false, false])
})
