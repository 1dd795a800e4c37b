import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { apiByHand, type Asked, browserEvents, mount, refusal } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useEvents } = await import('./use-events.ts')
const { forgetPageData } = await import('../../base/page-data.ts')

let asked: Asked[]
let router: Router
beforeEach(() => {
  asked = apiByHand()
  browserEvents()
  forgetPageData()
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }] })
})
afterEach(() => vi.unstubAllGlobals())

const page = (nextCursor: string | null, ...ids: string[]) => ({ items: ids.map(id => ({ id })), nextCursor })
async function open(address = '/') {
  await router.push(address)
  const events = mount(useEvents, router)
  const shown = () =>
    events.state.value.status === 'loaded'
      ? events.state.value.value.items.map(({ id }) => id)
      : events.state.value.status
  return Object.assign(events, { shown })
}

test('events are those that the address asks for, and a category that there is not narrows nothing', async () => {
  using events = await open('/?text=+run+&category=none')
  expect([events.text.value, events.category.value]).toEqual(['run', undefined])
  expect(asked[0]!.query).toEqual({ limit: '12', text: 'run' })
  await events.narrow({ text: undefined, category: 'concert' })
  expect([router.currentRoute.value.fullPath, asked[1]!.query]).toEqual([
    '/?category=concert',
    { limit: '12', category: 'concert' },
  ])
  await asked[1]!.answer(page(null, 'concert'))
  await asked[0]!.answer(page(null, 'run'))
  expect(events.shown()).toEqual(['concert'])
})

test('popular events are asked for by the address, also page by page, and another order is none', async () => {
  using events = await open('/?order=oldest')
  await asked[0]!.answer(page(null, 'newest'))
  await events.narrow({ order: 'popular' })
  expect(router.currentRoute.value.fullPath).toBe('/?order=popular')
  await asked[1]!.answer(page('2', 'popular'))
  void events.more()
  expect(asked.map(({ query }) => query)).toEqual([
    { limit: '12' },
    { limit: '12', order: 'popular' },
    { limit: '12', order: 'popular', cursor: '2' },
  ])
  await events.narrow({ order: undefined })
  expect(asked[3]!.query).toEqual({ limit: '12' })
})

test('a month and a province of the address narrow the list, and "all events" leaves its order alone', async () => {
  using events = await open(`/?month=2026-02&province=${encodeURIComponent('ชลบุรี')}&order=popular`)
  const narrowed = { limit: '12', from: '2026-02-01', to: '2026-02-28', province: 'ชลบุรี', order: 'popular' }
  await asked[0]!.answer(page('2', 'fair'))
  void events.more()
  expect(asked.map(({ query }) => query)).toEqual([narrowed, { ...narrowed, cursor: '2' }])
  expect([events.month.value, events.province.value, events.isNarrowed.value]).toEqual(['2026-02', 'ชลบุรี', true])
  await events.showAll()
  expect([router.currentRoute.value.fullPath, events.isNarrowed.value, asked[2]!.query]).toEqual([
    '/?order=popular',
    false,
    { limit: '12', order: 'popular' },
  ])
})

test.each(['month=2026-13', 'month=2026-01&month=2026-02', 'province=Atlantis'])(
  'a month or a province that there is not narrows nothing: %s',
  async address => {
    using events = await open(`/?${address}`)
    expect([events.isNarrowed.value, asked[0]!.query]).toEqual([false, { limit: '12' }])
  },
)

test('"more" adds the next page once, however often it is pressed, until the last', async () => {
  using events = await open()
  await asked[0]!.answer(page('2', 'a', 'b'))
  void events.more()
  void events.more()
  expect(asked.map(({ query }) => query['cursor'])).toEqual([undefined, '2'])
  await asked[1]!.answer(page(null, 'c'))
  await events.more()
  expect([events.shown(), events.further.value, asked.length]).toEqual([['a', 'b', 'c'], { status: 'idle' }, 2])
})

test('a further page of other events is neither shown nor said to have failed', async () => {
  for (const late of [page(null, 'old'), refusal(503, 'unavailable')]) {
    asked.length = 0
    using events = await open()
    await asked[0]!.answer(page('2', 'a'))
    void events.more()
    await events.narrow({ text: 'fair' })
    await asked[2]!.answer(page('3', 'fair'))
    await asked[1]!.answer(late)
    expect([events.shown(), events.further.value]).toEqual([['fair'], { status: 'idle' }])
    await events.narrow({ text: undefined })
  }
})

test('a further page that fails can be asked for again, and what is shown stays', async () => {
  using events = await open()
  await asked[0]!.answer(page('2', 'a'))
  void events.more()
  await asked[1]!.answer(refusal(503, 'unavailable'))
  expect([events.shown(), events.further.value]).toEqual([['a'], { status: 'failed' }])
  void events.more()
  await asked[2]!.answer(page(null, 'b'))
  expect([events.shown(), events.further.value]).toEqual([['a', 'b'], { status: 'idle' }])
})
