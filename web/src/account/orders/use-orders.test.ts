import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, beginVisit, browserEvents, mount, refusal } from '../../base/browser-testing.ts'
import { useOrders } from './use-orders.ts'

await import('../../shell/words-testing.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const page = (ids: string[], nextCursor: string | null = null) => ({ items: ids.map(id => ({ id })), nextCursor })
const open = () => {
  const { state, ...list } = mount(useOrders)
  const shown = () => (state.value.status === 'loaded' ? state.value.value.items.map(({ id }) => id) : state.value)
  return { ...list, shown }
}

test('orders are read twenty at a time, the next ones after the last that is shown', async () => {
  using list = open()
  await asked[0]!.answer(page(['newest', 'newer'], 'after newer'))
  void list.more()
  await asked[1]!.answer(page(['oldest']))
  expect(list.shown()).toEqual(['newest', 'newer', 'oldest'])
  void list.more()
  expect(asked.map(({ path }) => path)).toEqual(['/api/orders?limit=20', '/api/orders?limit=20&cursor=after+newer'])
})

test('a list that cannot be read says so, and is asked for again', async () => {
  using list = open()
  await asked[0]!.answer(refusal(503, 'unavailable'))
  expect(list.shown()).toMatchObject({ status: 'failed', message: expect.stringMatching(/\S/) })
  void list.load()
  await asked[1]!.answer(page(['newest']))
  expect(list.shown()).toEqual(['newest'])
})
