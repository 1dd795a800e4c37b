import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, settled } from '../../base/browser-testing.ts'
import { useEngine } from './use-engine.ts'
import { usePeople } from './use-people.ts'

await import('../../shell/words-testing.ts')

let asked: Asked[]
let browser: ReturnType<typeof browserEvents>
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browser = browserEvents()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const BEFORE = '2026-11-27T01:00:00.000Z'
const AFTER = '2026-11-27T02:00:00.000Z'
const grouping = (state: string, groupedAt: string | null) => ({ state, groupedAt, people: 4, faces: 9 })
const page = (now: object, nextCursor: string | null, ...ids: string[]) => ({
  items: ids.map(id => ({ id })),
  nextCursor,
  grouping: now,
})

function open() {
  const scope = effectScope()
  const people = scope.run(() => usePeople('run'))!
  const { state } = people.pages
  const shown = () =>
    state.value.status === 'loaded' ? state.value.value.items.map(({ id }) => id) : state.value.status
  return { ...people, shown, [Symbol.dispose]: () => scope.stop() }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('while people are grouped the list stays where it is read, and is another once they are', async () => {
  using event = open()
  await asked[0]!.answer(page(grouping('waiting', BEFORE), '2', '1', '2'))
  void event.pages.more()
  await asked[1]!.answer(page(grouping('waiting', BEFORE), null, '3'))
  await pass(3_000)
  await asked[2]!.answer(page(grouping('waiting', BEFORE), '2', '1', '2'))
  expect(event.shown()).toEqual(['1', '2', '3'])
  await pass(3_000)
  await asked[3]!.answer(page(grouping('grouped', AFTER), null, 'a', 'b'))
  await asked[4]!.answer(page(grouping('grouped', AFTER), null, 'a', 'b'))
  await pass(60_000)
  expect([event.shown(), event.grouping.value!.state, asked.length]).toEqual([['a', 'b'], 'grouped', 5])
})

test('a further page of the grouping before is not put below the new people', async () => {
  using event = open()
  await asked[0]!.answer(page(grouping('waiting', BEFORE), '2', '1', '2'))
  void event.pages.more()
  await pass(3_000)
  await asked[2]!.answer(page(grouping('grouped', AFTER), null, 'a', 'b'))
  await asked[3]!.answer(page(grouping('grouped', AFTER), null, 'a', 'b'))
  await asked[1]!.answer(page(grouping('waiting', BEFORE), null, '3'))
  expect(event.shown()).toEqual(['a', 'b'])
})

test('"more" that is pressed twice adds its people once', async () => {
  using event = open()
  await asked[0]!.answer(page(grouping('grouped', BEFORE), '2', '1', '2'))
  void event.pages.more()
  void event.pages.more()
  await asked[1]!.answer(page(grouping('grouped', BEFORE), null, '3'))
  expect([event.shown(), asked.length]).toEqual([['1', '2', '3'], 2])
})

test('people are grouped when asked for, and the page waits for them by itself, unless it is in the background', async () => {
  using event = open()
  await asked[0]!.answer(page(grouping('not_asked', null), null))
  await pass(60_000)
  expect(asked).toHaveLength(1)
  void event.ask()
  expect(asked[1]).toMatchObject({ method: 'POST', body: { eventId: 'run' } })
  await asked[1]!.answer(grouping('waiting', null))
  await browser.show('hidden')
  await pass(60_000)
  expect(asked).toHaveLength(2)
  await browser.show('visible')
  await pass(3_000)
  expect(asked).toHaveLength(3)
})

test('a page that was left asks for nothing any more', async () => {
  const event = open()
  await asked[0]!.answer(page(grouping('waiting', BEFORE), null, '1'))
  event[Symbol.dispose]()
  await pass(60_000)
  expect(asked).toHaveLength(1)
})

test('an engine that changes is asked for until it is settled, and a change is not undone by an earlier answer', async () => {
  const scope = effectScope()
  const { engine, change, cancel } = scope.run(() => useEngine('run'))!
  await asked[0]!.answer({ state: 'settled', engine: 'face-api' })
  await pass(60_000)
  void change('sface')
  expect([asked.length, asked[1]!.body]).toEqual([2, { engine: 'sface' }])
  await asked[1]!.answer({ state: 'changing', engine: 'face-api' })
  await pass(3_000)
  void cancel()
  await asked[3]!.answer({ state: 'settled', engine: 'face-api' })
  await asked[2]!.answer({ state: 'changing', engine: 'face-api' })
  await settled()
  await pass(60_000)
  expect([engine.value?.state, asked.length]).toEqual(['settled', 4])
  scope.stop()
})
