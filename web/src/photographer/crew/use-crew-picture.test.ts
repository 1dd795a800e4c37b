import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { apiByHand, type Asked, browserEvents, refusal } from '../../base/browser-testing.ts'
import { useCrewPicture } from './use-crew-picture.ts'

let asked: Asked[]
let inMemory: Set<string>
beforeEach(() => {
  asked = apiByHand()
  browserEvents()
  inMemory = new Set()
  let made = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    const url = `blob:${(made += 1)}`
    inMemory.add(url)
    return url
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(url => void inMemory.delete(url))
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function open() {
  const address = ref<string | undefined>('/first')
  const scope = effectScope()
  const url = scope.run(() => useCrewPicture(() => address.value))!
  return { address, url, [Symbol.dispose]: () => scope.stop() }
}
const picture = () => new Response('bytes')

test('another picture takes the place of the first, whatever comes last, and memory holds the shown one alone', async () => {
  using page = open()
  page.address.value = '/second'
  await nextTick()
  expect([asked[0]!.isAborted, asked[1]!.path]).toEqual([true, '/second'])
  await asked[1]!.answer(picture())
  await asked[0]!.answer(picture())
  expect([page.url.value, [...inMemory]]).toEqual(['blob:1', ['blob:1']])
  page.address.value = undefined
  await nextTick()
  expect([page.url.value, inMemory.size]).toEqual([undefined, 0])
})

test('a picture that does not come, or not whole, is asked for once more', async () => {
  using page = open()
  const broken = new ReadableStream({ pull: controller => controller.error(new Error('the line broke')) })
  await asked[0]!.answer(new Response(broken))
  await vi.advanceTimersByTimeAsync(2_000)
  await asked[1]!.answer(picture())
  expect(page.url.value).toBe('blob:1')
})

test('a picture that is refused twice is not asked for a third time', async () => {
  using page = open()
  await asked[0]!.answer(refusal(404, 'not_found'))
  await vi.advanceTimersByTimeAsync(2_000)
  await asked[1]!.answer(refusal(404, 'not_found'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect([page.url.value, asked.length]).toEqual([undefined, 2])
})

test('a page that was left keeps no picture in memory and asks for none', async () => {
  const shown = open()
  await asked[0]!.answer(picture())
  const waiting = open()
  await asked[1]!.answer(refusal(503, 'unavailable'))
  shown[Symbol.dispose]()
  waiting[Symbol.dispose]()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([inMemory.size, asked.length]).toEqual([0, 2])
})
