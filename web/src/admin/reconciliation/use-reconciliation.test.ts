import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../base/browser-testing.ts'
import { useReconciliation } from './use-reconciliation.ts'

await import('../../shell/words-testing.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const run = (id: string, finishedAt: string | null) => ({ id, day: '2026-11-26', finishedAt })
const DONE = '2026-11-27T03:00:00.000Z'
const page = (...ids: string[]) => ({ items: ids.map(id => ({ id })), nextCursor: null })

function open(first?: string) {
  const day = ref(first)
  const scope = effectScope()
  const { runs, list, compare } = scope.run(() => useReconciliation(day))!
  const shown = () => (list.state.value.status === 'loaded' ? list.state.value.value.items.map(({ id }) => id) : null)
  const ran = () => (runs.state.value.status === 'loaded' ? runs.state.value.value.map(({ id }) => id) : null)
  return { day, compare, shown, ran, [Symbol.dispose]: () => scope.stop() }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
/** Requests of the comparisons, and of the differences. */
const ofRuns = () => asked.filter(({ method, path }) => method === 'GET' && !path.includes('differences'))
const ofList = () => asked.filter(({ path }) => path.includes('differences'))

async function opened() {
  const books = open()
  await ofRuns()[0]!.answer({ items: [run('before', DONE)] })
  await ofList()[0]!.answer(page('old'))
  return books
}

test('what a comparison finds is shown once it has ended, also when a request for it failed meanwhile', async () => {
  using books = await opened()
  void books.compare('2026-11-26')
  await asked[2]!.answer(run('now', null))
  expect([asked[2]!.body, books.ran()]).toEqual([{ day: '2026-11-26' }, ['now', 'before']])
  await pass(2_000)
  await ofRuns()[1]!.breaks()
  await pass(2_000)
  await ofRuns()[2]!.answer({ items: [run('now', null)] })
  expect(ofList()).toHaveLength(1)
  await pass(2_000)
  await ofRuns()[3]!.answer({ items: [run('now', DONE), run('before', DONE)] })
  await settled()
  await ofList()[1]!.answer(page('new', 'old'))
  await pass(60_000)
  expect([books.shown(), ofRuns().length]).toEqual([['new', 'old'], 4])
})

test('a comparison that ran when the page was opened is waited for, too', async () => {
  using books = open()
  await ofRuns()[0]!.answer({ items: [run('nightly', null)] })
  await ofList()[0]!.answer(page())
  await pass(2_000)
  await ofRuns()[1]!.answer({ items: [run('nightly', DONE)] })
  await ofList()[1]!.answer(page('found'))
  expect(books.shown()).toEqual(['found'])
})

test('a comparison that is refused is said to who asked, and nothing is waited for', async () => {
  using books = await opened()
  const refused = books.compare('2026-11-26').catch((error: unknown) => error)
  await asked[2]!.answer(refusal(429, 'rate_limited'))
  expect(await refused).toMatchObject({ code: 'rate_limited' })
  await pass(60_000)
  expect([books.ran(), asked.length]).toEqual([['before'], 3])
})

test('another day shows its own differences, whatever answer comes last', async () => {
  using books = await opened()
  books.day.value = '2026-11-01'
  await nextTick()
  books.day.value = '2026-11-02'
  await nextTick()
  expect(ofList().map(({ query }) => query['day'])).toEqual([undefined, '2026-11-01', '2026-11-02'])
  await ofList()[2]!.answer(page('second'))
  await ofList()[1]!.answer(page('first'))
  expect(books.shown()).toEqual(['second'])
})

test('a page that was left while a comparison runs asks for nothing any more', async () => {
  const books = await opened()
  void books.compare('2026-11-26')
  await asked[2]!.answer(run('now', null))
  await pass(2_000)
  books[Symbol.dispose]()
  await ofRuns()[1]!.answer({ items: [run('now', null)] })
  await pass(60_000)
  expect(asked).toHaveLength(4)
})
