import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, browserEvents } from '../../base/browser-testing.ts'
import { useOrderDocuments } from './use-order-documents.ts'

await import('../../shell/words-testing.ts')

let asked: Asked[]
beforeEach(() => {
  asked = apiByHand()
  browserEvents()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const documents = (...ready: boolean[]) => ({
  items: ready.map((ready, at) => ({ id: String(at), ready })),
  exchangeable: true,
})

function open() {
  const scope = effectScope()
  const page = scope.run(() => useOrderDocuments(() => 'o'))!
  const shown = () =>
    page.state.value.status === 'loaded'
      ? page.state.value.value.items.map(({ ready }) => ready)
      : page.state.value.status
  return { ...page, shown, [Symbol.dispose]: () => scope.stop() }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('a receipt that is being drawn becomes a download by itself, also after a request that failed', async () => {
  using page = open()
  await asked[0]!.answer(documents(true, false))
  await pass(2_000)
  expect(page.shown()).toEqual([true, false])
  await asked[1]!.breaks()
  expect(page.shown()).toEqual([true, false])
  await pass(2_000)
  await asked[2]!.answer(documents(true, true))
  await pass(60_000)
  expect([page.shown(), asked.length]).toEqual([[true, true], 3])
})

test('a PDF that never comes is not asked for without end; a document that is made then is waited for again', async () => {
  using page = open()
  await asked[0]!.answer(documents(false))
  for (let at = 1; at <= 40; at += 1) {
    await pass(2_000)
    await asked[at]?.answer(documents(false))
  }
  expect(asked).toHaveLength(31)
  page.made(documents(true, false) as unknown as Parameters<typeof page.made>[0])
  await pass(2_000)
  await asked[31]!.answer(documents(true, true))
  expect(page.shown()).toEqual([true, true])
})

test('a page that was left asks for no PDF', async () => {
  const page = open()
  await asked[0]!.answer(documents(false))
  page[Symbol.dispose]()
  await pass(60_000)
  expect(asked).toHaveLength(1)
})
