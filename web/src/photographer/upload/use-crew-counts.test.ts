import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, browserEvents, refusal, settled } from '../../base/browser-testing.ts'
import { useCrewCounts } from './use-crew-counts.ts'

let asked: Asked[]
let page: ReturnType<typeof browserEvents>
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  asked = apiByHand()
  page = browserEvents()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const answer = (processing: number) => ({ counts: { processing }, limits: {}, items: [], nextCursor: null })
async function pause() {
  await vi.advanceTimersByTimeAsync(4_000)
  await settled()
}

function open() {
  const scope = effectScope()
  const crew = scope.run(() => useCrewCounts('event'))!
  return { ...crew, [Symbol.dispose]: () => scope.stop() }
}

test('the counts are asked for again, also after a request that failed; what was known stays', async () => {
  using crew = open()
  await asked[0]!.answer(answer(3))
  await pause()
  await asked[1]!.answer(refusal(503, 'unavailable'))
  expect(crew.counts.value).toEqual({ processing: 3 })
  await pause()
  await asked[2]!.answer(answer(1))
  expect(crew.counts.value).toEqual({ processing: 1 })
})

test('a page in the background asks for nothing until it is seen again', async () => {
  using crew = open()
  await asked[0]!.answer(answer(3))
  await page.show('hidden')
  await pause()
  expect(asked).toHaveLength(1)
  await page.show('visible')
  await pause()
  await asked[1]!.answer(answer(2))
  expect([asked.length, crew.counts.value]).toEqual([2, { processing: 2 }])
})

test('an earlier answer does not undo a later one', async () => {
  using crew = open()
  const looked = crew.look()
  await asked[1]!.answer(answer(0))
  await looked
  await asked[0]!.answer(answer(9))
  expect(crew.counts.value).toEqual({ processing: 0 })
})

test('a page that was left asks no more', async () => {
  const crew = open()
  crew[Symbol.dispose]()
  expect(asked[0]!.isAborted).toBe(true)
  await pause()
  expect(asked).toHaveLength(1)
})
