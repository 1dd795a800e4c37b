import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useLoaded } from './use-loaded.ts'

let scope: EffectScope
beforeEach(() => {
  scope = effectScope()
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

/** A loader whose answers the test gives by hand, in any order. */
function asked() {
  const answers: Answer[] = []
  const loaded = scope.run(() =>
    useLoaded(() => new Promise<string>((resolve, reject) => answers.push({ resolve, reject }))),
  )!
  return { ...loaded, answers }
}
interface Answer {
  resolve: (value: string) => void
  reject: (error: Error) => void
}

test('load shows that it waits; refresh leaves what is there until the answer has come', async () => {
  const { state, load, refresh, answers } = asked()
  expect(state.value).toEqual({ status: 'loading' })
  answers[0]!.resolve('first')
  await vi.waitFor(() => expect(state.value).toEqual({ status: 'loaded', value: 'first' }))

  const refreshed = refresh()
  expect(state.value).toEqual({ status: 'loaded', value: 'first' })
  answers[1]!.resolve('second')
  await refreshed
  expect(state.value).toEqual({ status: 'loaded', value: 'second' })

  void load()
  expect(state.value).toEqual({ status: 'loading' })
})

test('a refresh that fails is said, and after a failure a refresh shows that it waits', async () => {
  const { state, refresh, answers } = asked()
  answers[0]!.resolve('first')
  await vi.waitFor(() => expect(state.value.status).toBe('loaded'))
  const failing = refresh()
  answers[1]!.reject(new Error('broken'))
  await failing
  expect(state.value.status).toBe('failed')
  void refresh()
  expect(state.value).toEqual({ status: 'loading' })
})

test('the answer of an earlier question is dropped, however late it comes', async () => {
  const { state, refresh, answers } = asked()
  const again = refresh()
  answers[1]!.resolve('newer')
  await again
  answers[0]!.resolve('older')
  await Promise.resolve()
  expect(state.value).toEqual({ status: 'loaded', value: 'newer' })
})
